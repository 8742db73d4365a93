import { StackedBars, moneyExtent, moneyText } from '@weighbridge/shared-ui';
import type { StackedUsage } from './stack-usage.ts';

interface SpendChartProps {
  readonly label: string;
  readonly usage: StackedUsage;
  readonly height?: number;
}

/** Spend over time, in US dollars. */
export const SpendChart = ({ label, usage, height = 260 }: SpendChartProps) => <StackedBars label={label} categories={usage.categories} series={usage.series} extent={moneyExtent} format={moneyText} height={height} />;
