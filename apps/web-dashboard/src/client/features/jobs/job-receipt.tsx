import { Group, Stack, Text, Title } from '@mantine/core';
import type { Job, Receipt } from '@weighbridge/inference-contracts';
import { DataTable, DecisionBadge, EmptyState, Facts, Money, Panel, StatusBadge, Tag, countText, durationText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { shortId } from '../../queries/use-names.ts';
import { useReceipt } from './use-receipt.ts';

/** Why it was allowed, why it went this way, why it cost this. */
export function JobReceipt({ job }: { readonly job: Job }) {
  const receipt = useReceipt(job.id, job.status);
  return (
    <Panel title="Receipt" description="Why it was allowed, why it took this route, why it cost this: kept by reference for every attempt.">
      <QueryView query={receipt}>
        {(data) => (
          <Stack gap="lg">
            <Facts
              facts={[
                {
                  label: 'Decision',
                  value: <DecisionBadge decision={data.decision.outcome} />,
                  note: `inputs ${data.decision.inputsDigest.slice(0, 20)}…${data.decision.approvalId === null ? '' : `, approved by ${shortId(data.decision.approvalId)}`}`,
                },
                { label: 'Route', value: data.route.candidates.map(shortId).join(', then ') || 'no deployment', note: data.route.passedOver.length === 0 ? undefined : `passed over: ${data.route.passedOver.map(({ deploymentId, reason }) => `${shortId(deploymentId)} (${reason})`).join(', ')}` },
                { label: 'Held for it', value: <Money usd={data.holdUsd} />, note: 'the worst case of one attempt, set aside in the budgets beforehand' },
                { label: 'Cost', value: <Money usd={data.costUsd} /> },
              ]}
            />
            <div>
              <Title order={3} mb={4}>
                Attempts
              </Title>
              <Attempts attempts={data.attempts} />
            </div>
          </Stack>
        )}
      </QueryView>
    </Panel>
  );
}

const settlements = { exact: { text: 'exact', color: 'green' }, estimated: { text: 'estimated', color: 'brass' }, unknown: { text: 'unknown', color: 'red' } } as const;

function Attempts({ attempts }: { readonly attempts: Receipt['attempts'] }) {
  if (attempts.length === 0) return <EmptyState title="No model was called">No attempt, no tokens, no cost.</EmptyState>;
  return (
    <DataTable
      caption="Attempts"
      rows={attempts}
      rowKey={(attempt) => String(attempt.attempt)}
      minWidth={760}
      columns={[
        { key: 'attempt', header: '#', cell: ({ attempt }) => attempt },
        {
          key: 'outcome',
          header: 'Outcome',
          cell: ({ outcome, errorCode }) => (
            <Group gap={6} wrap="nowrap">
              <StatusBadge status={outcome} />
              {errorCode === null ? null : <Text span ff="monospace" size="xs">{errorCode}</Text>}
            </Group>
          ),
        },
        { key: 'deployment', header: 'Deployment', cell: ({ deploymentId, backend }) => <span title={deploymentId}>{shortId(deploymentId)} · {backend}</span> },
        { key: 'queued', header: 'Waited', align: 'right', cell: ({ queuedMs }) => durationText(queuedMs) },
        { key: 'first', header: 'First token', align: 'right', cell: ({ firstTokenMs }) => (firstTokenMs === null ? '–' : durationText(firstTokenMs)) },
        { key: 'duration', header: 'Took', align: 'right', cell: ({ durationMs }) => durationText(durationMs) },
        { key: 'tokens', header: 'In / cached / out', align: 'right', cell: ({ tokens }) => `${countText(tokens.inputTokens)} / ${countText(tokens.cachedInputTokens)} / ${countText(tokens.outputTokens)}` },
        { key: 'settlement', header: 'Counted', cell: ({ settlement }) => <Tag color={settlements[settlement].color}>{settlements[settlement].text}</Tag> },
        { key: 'cost', header: 'Cost', align: 'right', cell: ({ costUsd, priceId }) => <span title={priceId ?? 'no price'}><Money usd={costUsd} /></span> },
      ]}
    />
  );
}
