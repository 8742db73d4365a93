import { ColorSwatch, Group, Text } from '@mantine/core';
import type { EChartsCoreOption } from 'echarts/core';
import { useMemo } from 'react';
import { DataTable } from '../layout/data-table.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { axisLabel, chartBase, escapeHtml, useChartPalette } from './chart-palette.ts';
import type { ChartPalette } from './chart-palette.ts';

export interface BarSeries {
  readonly name: string;
  /** One text a category, as it is shown; `extent` makes its length of it. */
  readonly values: readonly string[];
}

interface StackedBarsProps {
  readonly label: string;
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  /** Length of a value. Geometry only. */
  readonly extent: (value: string) => number;
  readonly format: (value: string) => string;
  readonly height?: number;
}

/** Amounts over time, one colour a series, stacked. */
export function StackedBars({ label, categories, series, extent, format, height = 260 }: StackedBarsProps) {
  const palette = useChartPalette();
  const option = useMemo(() => stackedOption({ categories, series, extent, format }, palette), [categories, series, extent, format, palette]);
  return (
    <>
      {series.length > 1 ? <Legend names={series.map((one) => one.name)} palette={palette} /> : null}
      <ChartFrame
        label={label}
        option={option}
        height={height}
        table={
          <DataTable
            caption={label}
            columns={[
              { key: 'category', header: 'When', cell: (row: { readonly category: string }) => row.category },
              ...series.map((one) => ({ key: one.name, header: one.name, align: 'right' as const, cell: (row: { readonly index: number }) => format(one.values[row.index] ?? '0') })),
            ]}
            rows={categories.map((category, index) => ({ category, index }))}
            rowKey={(row) => row.category}
          />
        }
      />
    </>
  );
}

/** Its own, since that of ECharts lies over the chart where it needs a second line. */
function Legend({ names, palette }: { readonly names: readonly string[]; readonly palette: ChartPalette }) {
  return (
    <Group component="ul" gap="md" mb={2} p={0} m={0} style={{ listStyle: 'none', rowGap: 2 }}>
      {names.map((name, order) => (
        <Group component="li" key={name} gap={6} wrap="nowrap">
          <ColorSwatch size={10} radius={3} withShadow={false} color={palette.series[order % palette.series.length] ?? palette.accent} />
          <Text span size="xs" c="dimmed">
            {name}
          </Text>
        </Group>
      ))}
    </Group>
  );
}

interface StackedInput {
  readonly categories: readonly string[];
  readonly series: readonly BarSeries[];
  readonly extent: (value: string) => number;
  readonly format: (value: string) => string;
}

function stackedOption({ categories, series, extent, format }: StackedInput, palette: ChartPalette): EChartsCoreOption {
  const tooltip = (points: readonly { readonly dataIndex: number; readonly axisValue: string }[]) => {
    const index = points[0]?.dataIndex ?? 0;
    const rows = series
      .map((one, order) => ({ name: one.name, value: one.values[index] ?? '0', color: palette.series[order % palette.series.length] }))
      .filter(({ value }) => extent(value) !== 0)
      .map(({ name, value, color }) => `<div style="display:flex;gap:14px;justify-content:space-between"><span><span style="color:${color}">■</span> ${escapeHtml(name)}</span><b>${escapeHtml(format(value))}</b></div>`);
    return `<div style="margin-bottom:4px">${escapeHtml(categories[index] ?? '')}</div>${rows.join('') || 'nothing'}`;
  };
  return {
    ...chartBase(palette),
    color: [...palette.series],
    grid: { left: 6, right: 8, top: 14, bottom: 6, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    tooltip: { ...chartBase(palette).tooltip, trigger: 'axis', axisPointer: { type: 'shadow', shadowStyle: { color: palette.muted, opacity: 0.08 } }, formatter: tooltip },
    xAxis: { type: 'category', data: categories, axisTick: { show: false }, axisLine: { lineStyle: { color: palette.line } }, axisLabel: { ...axisLabel(palette), hideOverlap: true } },
    yAxis: { type: 'value', splitNumber: 4, axisLabel: { ...axisLabel(palette), formatter: (value: number) => format(plain(value)) }, splitLine: { lineStyle: { color: palette.line } } },
    series: series.map((one) => ({ name: one.name, type: 'bar', stack: 'all', barMaxWidth: 34, barCategoryGap: '28%', itemStyle: { borderColor: palette.surface, borderWidth: 0.5 }, emphasis: { focus: 'none' }, data: one.values.map(extent) })),
  };
}

/** An axis tick as a plain decimal, however small: amounts below a millionth would be written with an exponent. */
const plain = (value: number): string => {
  const text = value.toFixed(12).replace(/0+$/, '').replace(/\.$/, '');
  return text === '' || text === '-0' ? '0' : text;
};
