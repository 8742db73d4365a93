import { Switch } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Alias } from '@weighbridge/registry-contracts';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';

interface ProtectionSwitchProps {
  readonly model: string;
  readonly alias: string;
  readonly protection: Alias['protection'];
}

export function ProtectionSwitch({ model, alias, protection }: ProtectionSwitchProps) {
  const queryClient = useQueryClient();
  const protect = useMutation({
    mutationFn: (on: boolean) => registry.protectAlias({ params: { name: model, alias }, body: { protected: on } }),
    onSuccess: async (state) => {
      await queryClient.invalidateQueries({ queryKey: ['model', model] });
      notifyDone(state.protection === null ? `${alias} is not protected any more` : `${alias} moves only with a second person’s approval`);
    },
    onError: (error) => notifyFailure('Protection not changed', error),
  });
  return <Switch label="Needs a second person" checked={protection !== null} disabled={protect.isPending} onChange={(event) => protect.mutate(event.currentTarget.checked)} />;
}
