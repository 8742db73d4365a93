import { Group, Text } from '@mantine/core';
import type { BudgetStatus } from '@weighbridge/cost-contracts';
import { parseUsd } from '@weighbridge/shared-domain';
import { Meter, MeterLegend, Money, Tag, moneyText } from '@weighbridge/shared-ui';

const basisPoints = 10_000n;

/** Part of the limit, 0 to 1 and beyond. Geometry and order only. */
export function shareOfLimit(amountUsd: string, limitUsd: string): number {
  const limit = parseUsd(limitUsd);
  return limit === 0n ? (parseUsd(amountUsd) > 0n ? 1 : 0) : Number((parseUsd(amountUsd) * basisPoints) / limit) / Number(basisPoints);
}

const periods = { day: 'a day', month: 'a month', total: 'in all' } as const;

/** Where a budget stands: spent, held for what is under way, left. */
export function BudgetMeter({ status, of }: { readonly status: BudgetStatus; readonly of: string }) {
  const { budget, spentUsd, heldUsd, limitUsd, remainingUsd } = status;
  const spent = shareOfLimit(spentUsd, limitUsd);
  const held = shareOfLimit(heldUsd, limitUsd);
  const color = spent + held >= 1 ? 'var(--mantine-color-red-6)' : spent + held >= 0.8 ? 'var(--mantine-color-brass-5)' : 'var(--wb-series-1)';
  return (
    <div>
      <Group justify="space-between" gap="xs" mb={6}>
        <Group gap={8}>
          <Text span fw={600} size="sm">
            {budget.name}
          </Text>
          <Tag color={budget.kind === 'hard' ? 'harbor' : 'gray'} size="sm" title={budget.kind === 'hard' ? 'Stops what could go beyond it' : 'Warns only'}>
            {budget.kind}
          </Tag>
        </Group>
        <Text span size="sm" c="dimmed">
          {of} · <Money usd={limitUsd} /> {periods[budget.period]}
        </Text>
      </Group>
      <Meter
        label={`${budget.name}: ${moneyText(spentUsd)} spent and ${moneyText(heldUsd)} held of ${moneyText(limitUsd)}`}
        parts={[
          { label: 'spent', share: spent, color },
          { label: 'held', share: held, color, hatched: true },
        ]}
      />
      <MeterLegend
        parts={[
          { label: 'spent', color, value: <Money usd={spentUsd} /> },
          { label: 'held', color, hatched: true, value: <Money usd={heldUsd} /> },
          { label: 'left', color: 'light-dark(var(--mantine-color-gray-2), var(--mantine-color-dark-4))', value: <Money usd={remainingUsd} /> },
        ]}
      />
    </div>
  );
}
