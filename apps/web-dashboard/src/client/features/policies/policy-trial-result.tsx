import { Alert, Text } from '@mantine/core';
import type { PolicyTrialResult as Result } from '@weighbridge/registry-contracts';
import { DataTable, DecisionBadge, countText } from '@weighbridge/shared-ui';

/** What the text would change among what runs now. */
export function PolicyTrialResult({ result }: { readonly result: Result }) {
  const { decided, changed, complete, changes } = result;
  if (changed === 0) return <Alert color="green" title="Nothing that runs now would be decided otherwise">{`${countText(decided)} pairs of deployed version and use case were decided both ways${complete ? '' : ', and there are more'}.`}</Alert>;
  return (
    <div>
      <Text size="sm" mb={4}>
        <b>
          {countText(changed)} of {countText(decided)} decisions would change
        </b>
        {complete ? '.' : '; there are more than were decided.'}
        {changes.length < changed ? ` The first ${countText(changes.length)}:` : ''}
      </Text>
      <DataTable
        caption="Decisions that would change"
        rows={changes}
        rowKey={(change) => `${change.model}${change.useCaseId}`}
        columns={[
          { key: 'model', header: 'Version', cell: (change) => change.model },
          { key: 'use', header: 'Use case', cell: (change) => change.useCaseName },
          { key: 'before', header: 'Now', cell: (change) => <DecisionBadge decision={change.before} size="sm" /> },
          { key: 'after', header: 'Then', cell: (change) => <DecisionBadge decision={change.after} size="sm" /> },
        ]}
      />
    </div>
  );
}
