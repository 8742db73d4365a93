import { Button, Group, Stack, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CatalogueEntry } from '@weighbridge/registry-contracts';
import { LicenseTag } from '@weighbridge/shared-ui';
import { registry } from '../../api/clients.ts';
import { notifyDone, notifyFailure } from '../../pieces/notify.ts';
import { TextLink, modelPath, versionPath } from '../../pieces/text-link.tsx';
import { useScope } from '../../scope/project-scope.tsx';
import { ReferenceFacts } from './reference-facts.tsx';
import { ReferencePrices } from './reference-prices.tsx';
import { ReferenceScores } from './reference-scores.tsx';

interface CatalogueEntryViewProps {
  readonly entry: CatalogueEntry;
  readonly registered: boolean;
}

export function CatalogueEntryView({ entry, registered }: CatalogueEntryViewProps) {
  const { may } = useScope();
  const queryClient = useQueryClient();
  const register = useMutation({
    mutationFn: () => registry.registerFromCatalogue({ body: { models: [entry.model] } }),
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      notifyDone(`${entry.model} is registered, with everything it was made from`);
    },
    onError: (error) => notifyFailure('Not registered', error),
  });
  return (
    <Stack gap="lg">
      {registered ? (
        <TextLink to={modelPath(entry.model)}>Its papers here</TextLink>
      ) : may('editor') ? (
        <div>
          <Button size="compact-md" loading={register.isPending} onClick={() => register.mutate()}>
            Register it with its lineage
          </Button>
        </div>
      ) : null}
      {entry.versions.map((version) => (
        <Stack key={version.version} gap="sm">
          <Group gap="sm">
            <Title order={3}>{version.registered ? <TextLink to={versionPath(entry.model, version.version)}>{version.version}</TextLink> : version.version}</Title>
            <LicenseTag license={version.license} />
          </Group>
          <ReferenceFacts version={version} />
          <ReferencePrices prices={version.prices} />
          <ReferenceScores scores={version.scores} />
        </Stack>
      ))}
    </Stack>
  );
}
