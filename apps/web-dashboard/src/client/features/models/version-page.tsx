import { Badge, Group, SimpleGrid } from '@mantine/core';
import { LicenseTag, LoadingBlock, PageHeader, Panel } from '@weighbridge/shared-ui';
import { useParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, modelPath } from '../../pieces/text-link.tsx';
import { DecisionChecker } from './decision-checker.tsx';
import { DeploymentsPanel } from './deployments-panel.tsx';
import { LineageView } from './lineage-view.tsx';
import { useLineage } from './use-lineage.ts';
import { useModel } from './use-model.ts';
import { useVersion } from './use-version.ts';
import { VersionFacts } from './version-facts.tsx';
import { VersionFiles } from './version-files.tsx';
import { VersionLicense } from './version-license.tsx';

export function VersionPage() {
  const { name = '', version = '' } = useParams();
  const found = useVersion(name, version);
  const lineage = useLineage(name, version);
  const aliases = useModel(name).data?.aliases.filter((alias) => alias.version === version) ?? [];
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
          </Group>
        }
      />
      <QueryView query={found} loading={<LoadingBlock height={360} />}>
        {(data) => (
          <>
            <DecisionChecker key={`${name}@${version}`} reference={`${name}@${version}`} />
            <Panel title="Lineage" description="What it was made from. Terms travel along these edges, as each licence says.">
              <QueryView query={lineage} loading={<LoadingBlock height={120} />}>
                {(graph) => <LineageView graph={graph} />}
              </QueryView>
            </Panel>
            <VersionLicense version={data} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg" style={{ alignItems: 'start' }}>
              <VersionFacts version={data} />
              <DeploymentsPanel model={name} version={version} />
            </SimpleGrid>
            <VersionFiles version={data} />
          </>
        )}
      </QueryView>
    </Page>
  );
}
