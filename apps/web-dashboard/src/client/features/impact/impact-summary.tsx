import { Group, Text } from '@mantine/core';
import type { ImpactReport } from '@weighbridge/registry-contracts';
import type { DecisionOutcome } from '@weighbridge/registry-domain';
import { DecisionBadge, Panel, Stat, StatRow, countText } from '@weighbridge/shared-ui';

const outcomes: readonly DecisionOutcome[] = ['allow', 'allow_with_obligations', 'review', 'deny'];

/** How far it reaches, and how many decisions would become others. */
export function ImpactSummary({ report: { subject, summary } }: { readonly report: ImpactReport }) {
  const { changed, before, after } = summary;
  return (
    <Panel title={subject} description={after === null ? undefined : changed.decisions === 0 ? 'No decision would change.' : `${countText(changed.decisions)} decisions would change: ${countText(changed.worse)} for the worse, ${countText(changed.better)} for the better.`}>
      <StatRow>
        <Stat label="Versions" value={countText(summary.versions)} hint={`of ${countText(summary.models)} models`} />
        <Stat label="Aliases" value={countText(summary.aliases)} hint="point at them" />
        <Stat label="Deployments" value={countText(summary.deployments)} hint={after === null ? 'run them' : `${countText(changed.deployments)} with changed decisions`} />
        <Stat label="Use cases" value={countText(summary.useCases)} hint={after === null ? 'in view' : `${countText(changed.useCases)} with changed decisions`} />
      </StatRow>
      <Group gap="lg" mt="md">
        {outcomes.map((outcome) => (
          <Group key={outcome} gap={8}>
            <DecisionBadge decision={outcome} />
            <Text size="sm" className="wb-figures">
              {countText(before[outcome] ?? 0)}
              {after === null ? '' : ` → ${countText(after[outcome] ?? 0)}`}
            </Text>
          </Group>
        ))}
      </Group>
    </Panel>
  );
}
