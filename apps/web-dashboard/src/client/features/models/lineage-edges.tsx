import { List, Text } from '@mantine/core';
import type { LineageGraph } from '@weighbridge/registry-contracts';
import { DataTable } from '@weighbridge/shared-ui';
import { Clause } from '../../pieces/clause.tsx';
import { relationWords } from '../../pieces/license-words.ts';
import { TextLink, versionPath } from '../../pieces/text-link.tsx';

const linkOf = (ref: string): string => {
  const [model = '', version = ''] = ref.split('@');
  return versionPath(model, version);
};

/** Each edge with what of the licences travels over it. */
export function LineageEdges({ graph }: { readonly graph: LineageGraph }) {
  if (graph.edges.length === 0) return null;
  return (
    <details open={graph.edges.length <= 3}>
      <summary>
        <Text span size="sm" fw={500}>
          What each edge brings in ({graph.edges.length})
        </Text>
      </summary>
      <DataTable
        caption="What each edge of the lineage brings in"
        rows={graph.edges}
        rowKey={(edge) => `${edge.from}${edge.to}${edge.relation}`}
        minWidth={560}
        columns={[
          {
            key: 'edge',
            header: 'Edge',
            cell: (edge) => (
              <Text size="sm" component="div">
                <TextLink to={linkOf(edge.from)}>{edge.from}</TextLink>, {relationWords[edge.relation]} <TextLink to={linkOf(edge.to)}>{edge.to}</TextLink>
              </Text>
            ),
          },
          {
            key: 'brings',
            header: 'Brings in',
            cell: (edge) =>
              edge.brings.length === 0 ? (
                <Text span size="sm" c="dimmed">
                  nothing
                </Text>
              ) : (
                <List size="sm" listStyleType="none">
                  {edge.brings.map((brought) => (
                    <List.Item key={`${brought.license}${brought.version}`}>
                      {brought.message} <Clause clause={brought.clause} />
                    </List.Item>
                  ))}
                </List>
              ),
          },
        ]}
      />
    </details>
  );
}
