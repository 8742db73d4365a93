import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Deployment } from '@weighbridge/registry-contracts';
import { StatusBadge } from '@weighbridge/shared-ui';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { useScope } from '../../scope/project-scope.tsx';

/** Whether it takes work, why not, and the button that changes it. */
export function DeploymentState({ deployment }: { readonly deployment: Deployment }) {
  const { isPlatform, may } = useScope();
  const queryClient = useQueryClient();
  const { id, status, block } = deployment;
  const change = useMutation({
    mutationFn: () => (status === 'blocked' ? registry.unblockDeployment({ params: { id } }) : registry.setDeploymentStatus({ params: { id }, body: { status: status === 'active' ? 'paused' : 'active' } })),
    onSuccess: async (changed) => {
      await queryClient.invalidateQueries({ queryKey: ['deployments'] });
      notifyDone(`The deployment is ${changed.status}`);
    },
    onError: (error) => notifyFailure('The deployment stays as it is', error),
  });
  const words = status === 'blocked' ? 'Lift the block' : status === 'active' ? 'Pause' : 'Take up again';
  const mayAct = status === 'blocked' ? isPlatform && may('admin') : may('editor');
  return (
    <Group gap="xs" wrap="nowrap">
      <div>
        <StatusBadge status={status} />
        {block === null ? null : (
          <Text size="xs" c="dimmed" title={`registered ${block.registeredSha256}, found ${block.foundSha256}`}>
            {block.artifact} is another file than the registered one
          </Text>
        )}
      </div>
      {mayAct ? (
        <Button size="compact-xs" variant="default" loading={change.isPending} onClick={() => change.mutate()}>
          {words}
        </Button>
      ) : null}
    </Group>
  );
}
