import { Group, Text } from '@mantine/core';
import classes from './meter.module.css';

interface MeterPart {
  readonly label: string;
  /** 0 to 1 of the whole. Geometry only. */
  readonly share: number;
  readonly color: string;
  readonly hatched?: boolean;
}

interface MeterProps {
  /** Says all of it in words. */
  readonly label: string;
  readonly parts: readonly MeterPart[];
}

/** Parts of a whole on one bar. */
export function Meter({ label, parts }: MeterProps) {
  return (
    <div className={classes['meter']} role="img" aria-label={label}>
      {parts.map((part) => (
        <div
          key={part.label}
          className={`${classes['part']} ${part.hatched === true ? classes['hatched'] : ''}`}
          style={{ width: `${Math.min(Math.max(part.share, 0), 1) * 100}%`, '--meter-color': part.color }}
        />
      ))}
    </div>
  );
}

export function MeterLegend({ parts }: { readonly parts: readonly { readonly label: string; readonly color: string; readonly hatched?: boolean; readonly value: React.ReactNode }[] }) {
  return (
    <Group gap="md" mt={6}>
      {parts.map((part) => (
        <Group key={part.label} gap={6} wrap="nowrap">
          <span className={`${classes['key']} ${part.hatched === true ? classes['hatched'] : ''}`} style={{ '--meter-color': part.color }} aria-hidden="true" />
          <Text span size="xs" c="dimmed">
            {part.label}
          </Text>
          <Text span size="xs" fw={600}>
            {part.value}
          </Text>
        </Group>
      ))}
    </Group>
  );
}
