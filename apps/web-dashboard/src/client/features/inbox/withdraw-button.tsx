import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';

export function WithdrawButton({ id }: { readonly id: string }) {
  const queryClient = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => registry.withdrawChangeRequest({ params: { id } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['change-requests'] });
      notifyDone('The request is withdrawn');
    },
    onError: (error) => notifyFailure('Not withdrawn', error),
  });
  return (
    <Button size="compact-sm" variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
      Withdraw
    </Button>
  );
}
