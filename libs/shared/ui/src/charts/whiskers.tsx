import type { CustomSeriesRenderItem } from 'echarts';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { ChartFrame } from './chart-frame.tsx';
import { axisLabel, chartBase, escapeHtml, useChartPalette } from './chart-palette.ts';
import type { ChartPalette } from './chart-palette.ts';

export interface Whisker {
  readonly name: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Stands out, e.g. the whole among its parts. */
  readonly strong?: boolean;
  readonly muted?: boolean;
}

interface WhiskersProps {
  readonly label: string;
  readonly rows: readonly Whisker[];
  readonly format: (value: number) => string;
  readonly min?: number;
  readonly max?: number;
  /** A line to compare with, e.g. no difference. */
  readonly reference?: number;
}

/** Values with their intervals, one a row. The same numbers must stand in a table nearby. */
export function Whiskers({ label, rows, format, min, max, reference }: WhiskersProps) {
  const palette = useChartPalette();
  const option = useMemo(() => whiskerOption({ rows, format, min, max, reference }, palette), [rows, format, min, max, reference, palette]);
  return <ChartFrame label={label} option={option} height={rows.length * 30 + 44} />;
}

interface WhiskerInput {
  readonly rows: readonly Whisker[];
  readonly format: (value: number) => string;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly reference: number | undefined;
}

function whiskerOption({ rows, format, min, max, reference }: WhiskerInput, palette: ChartPalette): EChartsCoreOption {
  const render: CustomSeriesRenderItem = (_params, api) => {
    const index = Number(api.value(0));
    const row = rows[index];
    const [x, y] = api.coord([Number(api.value(1)), index]);
    const [left] = api.coord([Number(api.value(2)), index]);
    const [right] = api.coord([Number(api.value(3)), index]);
    if (row === undefined || x === undefined || y === undefined || left === undefined || right === undefined) return null;
    const color = row.muted === true ? palette.muted : row.strong === true ? palette.second : palette.accent;
    const line = (x1: number, y1: number, x2: number, y2: number, width: number) => ({ type: 'line' as const, shape: { x1, y1, x2, y2 }, style: { stroke: color, lineWidth: width } });
    return {
      type: 'group' as const,
      children: [line(left, y, right, y, 2), line(left, y - 5, left, y + 5, 2), line(right, y - 5, right, y + 5, 2), { type: 'circle' as const, shape: { cx: x, cy: y, r: 4.5 }, style: { fill: color, stroke: palette.surface, lineWidth: 1.5 } }],
    };
  };
  const tooltip = ({ dataIndex }: { readonly dataIndex: number }) => {
    const row = rows[dataIndex];
    return row === undefined ? '' : `${escapeHtml(row.name)}<br><b>${format(row.value)}</b> · ${format(row.low)} to ${format(row.high)}`;
  };
  return {
    ...chartBase(palette),
    grid: { left: 6, right: 20, top: 8, bottom: 6, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { ...chartBase(palette).tooltip, trigger: 'item', formatter: tooltip },
    xAxis: { type: 'value', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), scale: true, splitNumber: 5, axisLabel: { ...axisLabel(palette), formatter: format, hideOverlap: true }, splitLine: { lineStyle: { color: palette.line } } },
    yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.name), axisTick: { show: false }, axisLine: { show: false }, axisLabel: { ...axisLabel(palette), color: palette.text, fontSize: 12, width: 150, overflow: 'truncate' } },
    series: [
      { type: 'custom', renderItem: render, encode: { x: [1, 2, 3], y: 0 }, data: rows.map((row, index) => [index, row.value, row.low, row.high]), clip: true },
      ...(reference === undefined ? [] : [referenceLine(reference, rows.length, palette)]),
    ],
  };
}

const referenceLine = (reference: number, rows: number, palette: ChartPalette) => ({
  type: 'line',
  silent: true,
  symbol: 'none',
  lineStyle: { color: palette.muted, width: 1.2, type: 'dashed' },
  data: [[reference, 0], [reference, rows - 1]],
  z: 1,
});
