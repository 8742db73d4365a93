import { Group, NumberInput, Stack, Switch, Text } from '@mantine/core';
import type { License, LicenseLimit } from '@weighbridge/registry-domain';
import { Clause } from '../../pieces/clause.tsx';
import type { LimitChange } from './license-draft.ts';

interface LimitSwitchesProps {
  /** Those in force. */
  readonly limits: readonly LicenseLimit[];
  /** The entry as it is written now; null: it is none. */
  readonly draft: License | null;
  readonly onChange: (change: LimitChange) => void;
}

/** What is negotiated most often: a limit that is gone, or begins elsewhere. */
export function LimitSwitches({ limits, draft, onChange }: LimitSwitchesProps) {
  return (
    <Stack gap="md">
      {limits.map((limit) => {
        const kept = draft?.limits.find(({ name }) => name === limit.name);
        return (
          <Group key={limit.name} align="flex-start" gap="md">
            <Switch label={kept === undefined ? 'lifted' : 'applies'} aria-label={`${limit.name} applies`} checked={kept !== undefined} disabled={draft === null} onChange={(event) => onChange({ name: limit.name, lifted: !event.currentTarget.checked })} w={110} mt={4} />
            <div style={{ flex: 1, minWidth: 220 }}>
              <Text size="sm">{limit.text}</Text>
              <Clause clause={limit.clause} />
            </div>
            {limit.threshold === null ? null : (
              <NumberInput aria-label={`Threshold of ${limit.name}`} min={0} allowDecimal={false} thousandSeparator="," disabled={kept === undefined} value={kept?.threshold ?? limit.threshold} onChange={(value) => typeof value === 'number' && onChange({ name: limit.name, threshold: value })} w={190} />
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
