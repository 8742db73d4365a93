import { Alert, Button, Text } from '@mantine/core';
import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { LoadingBlock, countText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { useAuditVerification } from './use-audit.ts';

/** Whether the chain holds, recomputed from its first entry. */
export function AuditChain() {
  const verification = useAuditVerification();
  const again = (
    <Button size="compact-sm" variant="default" mt="xs" loading={verification.isFetching} onClick={() => void verification.refetch()}>
      Recompute
    </Button>
  );
  return (
    <QueryView query={verification} loading={<LoadingBlock height={96} />}>
      {({ intact, entries, firstBrokenSequence, headHash }) =>
        intact ? (
          <Alert color="green" icon={<IconLink size={20} />} title={`The chain is whole: ${countText(entries)} entries`}>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              Its head is <code>{`${entries}:${headHash}`}</code>. Keep it elsewhere, and <code>weighbridge audit verify --head</code> proves later that nothing before it was changed, not even by who wrote the chain anew.
            </Text>
            {again}
          </Alert>
        ) : (
          <Alert color="red" role="alert" icon={<IconLinkOff size={20} />} title={`The chain is broken at entry ${countText(firstBrokenSequence ?? 0)} of ${countText(entries)}`}>
            <Text size="sm">That entry was changed or is missing, or does not follow from the one before it. Somebody with access to the database did that; what comes after cannot be trusted.</Text>
            {again}
          </Alert>
        )
      }
    </QueryView>
  );
}
