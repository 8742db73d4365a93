import { Text } from '@mantine/core';
import { DataTable, EmptyState, Panel, countText } from '@weighbridge/shared-ui';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';
import { DeploymentState } from './deployment-state.tsx';
import { useDeployments } from './use-deployments.ts';

interface DeploymentsPanelProps {
  readonly model: string;
  /** Only those of one version. */
  readonly version?: string;
}

const backendWords = { openai: 'OpenAI-compatible server', anthropic: 'Anthropic Messages API', 'llama-cpp': 'llama.cpp, in process' } as const;

export function DeploymentsPanel({ model, version }: DeploymentsPanelProps) {
  const deployments = useDeployments(model);
  const data = deployments.data?.filter((deployment) => version === undefined || deployment.version === version);
  return (
    <Panel flush title="Deployments" description="Ways to run it: a backend with its settings.">
      <QueryView query={{ ...deployments, data }} isEmpty={(rows) => rows.length === 0} empty={<EmptyState title="It runs nowhere yet">POST /models/{model}/deployments makes a version runnable: an editor with a GGUF file of the version, the platform’s administrator with a model server’s address.</EmptyState>}>
        {(rows) => (
          <DataTable
            caption={`Deployments of ${model}`}
            rows={rows}
            rowKey={(deployment) => deployment.id}
            minWidth={560}
            columns={[
              ...(version === undefined ? [{ key: 'version', header: 'Version', cell: (row: (typeof rows)[number]) => <TextLink to={versionPath(model, row.version)}>{row.version}</TextLink> }] : []),
              {
                key: 'backend',
                header: 'Backend',
                cell: ({ backend }) => (
                  <>
                    {backendWords[backend.kind]}
                    <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                      {backend.kind === 'llama-cpp' ? backend.artifact : `${backend.baseUrl} · ${backend.upstreamModel}`}
                    </Text>
                  </>
                ),
              },
              { key: 'hostedIn', header: 'Hosted in', cell: ({ hostedIn }) => hostedIn ?? <Text span size="sm" c="dimmed">not known</Text> },
              { key: 'pool', header: 'Pool', cell: ({ pool }) => pool },
              { key: 'concurrency', header: 'At once', align: 'right', cell: ({ concurrency }) => countText(concurrency) },
              { key: 'context', header: 'Context', align: 'right', wideOnly: true, cell: ({ contextLength }) => (contextLength === null ? '–' : countText(contextLength)) },
              { key: 'status', header: 'State', cell: (row) => <DeploymentState deployment={row} /> },
            ]}
          />
        )}
      </QueryView>
    </Panel>
  );
}
