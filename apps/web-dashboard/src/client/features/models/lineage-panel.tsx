import { Alert, SegmentedControl } from '@mantine/core';
import type { LineageDirection } from '@weighbridge/registry-contracts';
import { LoadingBlock, Panel } from '@weighbridge/shared-ui';
import { useState } from 'react';
import { QueryView } from '../../pieces/query-view.tsx';
import { LineageEdges } from './lineage-edges.tsx';
import { LineageView } from './lineage-view.tsx';
import { useLineage } from './use-lineage.ts';

const directions: readonly { readonly value: LineageDirection; readonly label: string }[] = [
  { value: 'ancestors', label: 'Made from' },
  { value: 'descendants', label: 'Made of it' },
  { value: 'both', label: 'Both' },
];
/** A picture of more nodes says nothing; the list of edges still does. */
const mostDrawn = 150;

/** The lineage as a picture that can be walked, and what each edge of it brings in. */
export function LineagePanel({ name, version }: { readonly name: string; readonly version: string }) {
  const [direction, setDirection] = useState<LineageDirection>('ancestors');
  const lineage = useLineage(name, version, direction);
  return (
    <Panel
      title="Lineage"
      description="Terms travel along these edges, as each licence says."
      actions={<SegmentedControl size="xs" aria-label="Direction" value={direction} onChange={(value) => setDirection(value as LineageDirection)} data={[...directions]} />}
    >
      <QueryView query={lineage} loading={<LoadingBlock height={120} />}>
        {(graph) => (
          <>
            {graph.truncated ? <Alert color="gray" mb="sm">There is more than is shown: open a version at the rim to go on.</Alert> : null}
            {graph.nodes.length <= mostDrawn ? <LineageView graph={graph} /> : <Alert color="gray">{graph.nodes.length} versions are too many for a picture; the list below has them.</Alert>}
            <LineageEdges graph={graph} />
          </>
        )}
      </QueryView>
    </Panel>
  );
}
