import { Progress, Text } from '@mantine/core';
import type { Run } from '@weighbridge/evaluation-contracts';
import { StatusBadge, countText } from '@weighbridge/shared-ui';

/** How far a run is; only its state once it has ended. */
export function RunProgress({ run }: { readonly run: Run }) {
  if (run.status !== 'running' && run.status !== 'queued') return <StatusBadge status={run.status} />;
  return (
    <div style={{ minWidth: 130 }}>
      <Progress value={run.planned === 0 ? 0 : (run.finished / run.planned) * 100} size="md" aria-label={`${run.finished} of ${run.planned} samples`} />
      <Text size="xs" c="dimmed" mt={3} className="wb-figures">
        {countText(run.finished)} of {countText(run.planned)}
      </Text>
    </div>
  );
}
