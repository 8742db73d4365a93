import { Badge, Button, Group, SimpleGrid } from '@mantine/core';
import { LicenseTag, LoadingBlock, PageHeader } from '@weighbridge/shared-ui';
import { Link, useParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, modelPath } from '../../pieces/text-link.tsx';
import { DecisionChecker } from './decision-checker.tsx';
import { DeploymentsPanel } from './deployments-panel.tsx';
import { LineagePanel } from './lineage-panel.tsx';
import { UsagePlacesPanel } from './usage-places.tsx';
import { useModel } from './use-model.ts';
import { useVersion } from './use-version.ts';
import { VersionDocuments } from './version-documents.tsx';
import { VersionFacts } from './version-facts.tsx';
import { VersionFiles } from './version-files.tsx';
import { VersionLicense } from './version-license.tsx';
import { VersionTags } from './version-tags.tsx';

export function VersionPage() {
  const { name = '', version = '' } = useParams();
  const found = useVersion(name, version);
  const model = useModel(name).data;
  const aliases = model?.aliases.filter((alias) => alias.version === version) ?? [];
  return (
    <Page>
      <PageHeader
        title={`${name}@${version}`}
        above={
          <>
            <TextLink to="/models">Models</TextLink> / <TextLink to={modelPath(name)}>{name}</TextLink>
          </>
        }
        aside={
          <Group gap={6}>
            {found.data === undefined ? null : <LicenseTag license={found.data.license} />}
            {aliases.map((alias) => (
              <Badge key={alias.name} variant="default" title="Alias that points here">
                {alias.name}
              </Badge>
            ))}
            {found.data === undefined ? null : <VersionTags version={found.data} mayChange={model?.mayChange ?? false} />}
          </Group>
        }
        actions={
          <Button variant="default" component={Link} to={`/impact?version=${encodeURIComponent(`${name}@${version}`)}`}>
            Impact
          </Button>
        }
      />
      <QueryView query={found} loading={<LoadingBlock height={360} />}>
        {(data) => (
          <>
            <DecisionChecker key={`${name}@${version}`} reference={`${name}@${version}`} />
            <LineagePanel name={name} version={version} />
            <VersionLicense version={data} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
              <VersionFacts version={data} />
              <DeploymentsPanel model={name} version={version} />
            </SimpleGrid>
            <UsagePlacesPanel version={data} />
            <VersionDocuments version={data} />
            <VersionFiles version={data} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
