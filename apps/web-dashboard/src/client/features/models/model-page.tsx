import { Badge, Text } from '@mantine/core';
import { DataTable, EmptyState, LicenseTag, PageHeader, Panel, When, compactText, dayText } from '@weighbridge/shared-ui';
import { useParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import { AliasesPanel } from './aliases-panel.tsx';
import { DeploymentsPanel } from './deployments-panel.tsx';
import { PromotionsPanel } from './promotions-panel.tsx';
import { useModel } from './use-model.ts';

export function ModelPage() {
  const { name = '' } = useParams();
  const model = useModel(name);
  return (
    <Page>
      <PageHeader title={name} above={<TextLink to="/models">Models</TextLink>} description={model.data === undefined ? undefined : `${model.data.publisher}${model.data.description === null ? '' : ` · ${model.data.description}`}`} />
      <Panel flush title="Versions" description="Immutable. Each has its own licence and papers.">
        <QueryView
          query={model}
          isEmpty={({ versions }) => versions.length === 0}
          empty={<EmptyState title="No version yet" command={`curl -X POST "$ORIGIN/api/registry/v1/models/${name}/versions" -H "Authorization: Bearer $KEY" \\\n  -H "Content-Type: application/json" -d '{"version": "1", "license": "Apache-2.0"}'`}>A model is only a name until a version with its licence is registered.</EmptyState>}
        >
          {({ versions, aliases }) => (
            <DataTable
              caption={`Versions of ${name}`}
              rows={versions}
              rowKey={(version) => version.id}
              columns={[
                {
                  key: 'version',
                  header: 'Version',
                  cell: (version) => (
                    <>
                      <TextLink to={versionPath(name, version.version)} strong>
                        {version.version}
                      </TextLink>{' '}
                      {aliases
                        .filter((alias) => alias.version === version.version)
                        .map((alias) => (
                          <Badge key={alias.name} variant="default" ml={4} title={`Alias ${alias.name}`}>
                            {alias.name}
                          </Badge>
                        ))}
                    </>
                  ),
                },
                { key: 'license', header: 'Licence', cell: (version) => <LicenseTag license={version.license} /> },
                { key: 'parameters', header: 'Parameters', align: 'right', cell: (version) => (version.parametersTotal === null ? <Text span c="dimmed" size="sm">not published</Text> : compactText(version.parametersTotal)) },
                { key: 'released', header: 'Released', wideOnly: true, align: 'right', cell: (version) => (version.releasedOn === null ? '–' : dayText(version.releasedOn)) },
                { key: 'registered', header: 'Registered', wideOnly: true, align: 'right', cell: (version) => <When at={version.createdAt} /> },
              ]}
            />
          )}
        </QueryView>
      </Panel>
      {model.data === undefined ? null : <AliasesPanel model={model.data} />}
      <DeploymentsPanel model={name} />
      <PromotionsPanel model={name} />
    </Page>
  );
}
