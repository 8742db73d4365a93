import { Group, Text } from '@mantine/core';
import { percentText } from '../format/number-text.ts';
import classes from './interval-bar.module.css';

interface ShareInterval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly confidence: number;
}

interface IntervalBarProps {
  readonly interval: ShareInterval | null;
  /** Leaves the whisker out where there is no room for it. */
  readonly compact?: boolean;
}

/** A share with its interval: the number, the ends, and a whisker from 0 to 100%. */
export function IntervalBar({ interval, compact = false }: IntervalBarProps) {
  if (interval === null) return <Text span size="sm" c="dimmed">not measured</Text>;
  const { value, low, high, confidence } = interval;
  const ends = `${(low * 100).toFixed(1)}–${percentText(high)}`;
  return (
    <Group gap="xs" wrap="nowrap" title={`${percentText(value)}, ${percentText(confidence).replace('.0', '')} interval from ${percentText(low)} to ${percentText(high)}`}>
      <Text span size="sm" fw={600} className="wb-figures">
        {percentText(value)}
      </Text>
      {compact ? null : (
        <svg className={classes['whisker']} viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
          <line x1="0" x2="100" y1="6" y2="6" className={classes['track']} />
          <line x1={low * 100} x2={high * 100} y1="6" y2="6" className={classes['range']} />
          <rect x={value * 100 - 1} width="2" y="1" height="10" className={classes['point']} />
        </svg>
      )}
      <Text span size="xs" c="dimmed" className="wb-figures" style={{ whiteSpace: 'nowrap' }}>
        {ends}
      </Text>
    </Group>
  );
}
