import type { CustomSeriesRenderItem } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import { axisLabel, chartBase, escapeHtml, useChartPalette } from './chart-palette.ts';
import type { ChartPalette } from './chart-palette.ts';

interface Extent {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ScatterPoint {
  readonly name: string;
  readonly x: Extent;
  readonly y: Extent;
}

interface IntervalScatterProps {
  readonly label: string;
  readonly points: readonly ScatterPoint[];
  readonly xName: string;
  readonly yName: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly height?: number;
}

/** Points with whiskers both ways; the horizontal axis is logarithmic. The same numbers must stand in a table nearby. */
export function IntervalScatter({ label, points, xName, yName, formatX, formatY, height = 300 }: IntervalScatterProps) {
  const palette = useChartPalette();
  const option = useMemo(() => scatterOption({ points, xName, yName, formatX, formatY }, palette), [points, xName, yName, formatX, formatY, palette]);
  return <ChartFrame label={label} option={option} height={height} />;
}

type ScatterInput = Pick<IntervalScatterProps, 'points' | 'xName' | 'yName' | 'formatX' | 'formatY'>;

function scatterOption({ points, xName, yName, formatX, formatY }: ScatterInput, palette: ChartPalette): EChartsCoreOption {
  const colorOf = (index: number) => palette.series[index % palette.series.length] ?? palette.accent;
  const render: CustomSeriesRenderItem = (params, api) => {
    const index = params.dataIndex;
    const at = (x: number, y: number) => api.coord([Number(api.value(x)), Number(api.value(y))]);
    const [x, y] = at(0, 1);
    const [left] = at(2, 1);
    const [right] = at(3, 1);
    const [, bottom] = at(0, 4);
    const [, top] = at(0, 5);
    if (x === undefined || y === undefined || left === undefined || right === undefined || top === undefined || bottom === undefined) return null;
    const style = { stroke: colorOf(index), lineWidth: 2, opacity: 0.65 };
    return {
      type: 'group' as const,
      children: [
        { type: 'line' as const, shape: { x1: left, y1: y, x2: right, y2: y }, style },
        { type: 'line' as const, shape: { x1: x, y1: bottom, x2: x, y2: top }, style },
        { type: 'circle' as const, shape: { cx: x, cy: y, r: 6 }, style: { fill: colorOf(index), stroke: palette.surface, lineWidth: 1.5 } },
        { type: 'text' as const, style: { text: points[index]?.name ?? '', ...labelPlace(x, params.coordSys), y: y - 18, fill: palette.text, font: `600 12px ${palette.fontFamily}` } },
      ],
    };
  };
  const labelPlace = (x: number, area: unknown) => {
    const { x: left = 0, width = 0 } = area as { x?: number; width?: number };
    return x > left + width * 0.72 ? { x: x - 11, align: 'right' as const } : { x: x + 11 };
  };
  const tooltip = ({ dataIndex }: { readonly dataIndex: number }) => {
    const point = points[dataIndex];
    if (point === undefined) return '';
    const row = (name: string, extent: Extent, format: (value: number) => string) => `${escapeHtml(name)} <b>${format(extent.value)}</b> · ${format(extent.low)} to ${format(extent.high)}`;
    return `${escapeHtml(point.name)}<br>${row(yName, point.y, formatY)}<br>${row(xName, point.x, formatX)}`;
  };
  const name = { nameLocation: 'middle', nameTextStyle: { color: palette.muted, fontSize: 12, fontFamily: palette.fontFamily } } as const;
  const lows = points.map((point) => point.x.low).filter((low) => low > 0);
  const highs = points.map((point) => point.x.high);
  return {
    ...chartBase(palette),
    grid: { left: 30, right: 24, top: 20, bottom: 30, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { ...chartBase(palette).tooltip, trigger: 'item', formatter: tooltip },
    xAxis: { type: 'log', name: xName, nameGap: 30, ...name, ...(lows.length === 0 ? {} : { min: Math.min(...lows) * 0.6, max: Math.max(...highs) * 1.9 }), axisLabel: { ...axisLabel(palette), formatter: formatX, hideOverlap: true, showMinLabel: false, showMaxLabel: false }, splitLine: { lineStyle: { color: palette.line } }, axisLine: { lineStyle: { color: palette.line } } },
    yAxis: { type: 'value', name: yName, nameGap: 46, ...name, scale: true, max: 1, splitNumber: 5, axisLabel: { ...axisLabel(palette), formatter: formatY }, splitLine: { lineStyle: { color: palette.line } } },
    series: [{ type: 'custom', renderItem: render, encode: { x: [0, 2, 3], y: [1, 4, 5] }, data: points.map(({ x, y }) => [x.value, y.value, x.low > 0 ? x.low : x.value, x.high, y.low, y.high]) }],
  };
}
