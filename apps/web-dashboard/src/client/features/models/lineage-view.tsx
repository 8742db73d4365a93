import { ScrollArea, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { LineageGraph } from '@weighbridge/registry-contracts';
import { LicenseTag } from '@weighbridge/shared-ui';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { relationWords } from '../../pieces/license-words.ts';
import { versionPath } from '../../pieces/text-link.tsx';
import { layOutLineage, nodeHeight, nodeWidth } from './lineage-layout.ts';
import type { PlacedLineage } from './lineage-layout.ts';
import classes from './lineage-view.module.css';

/** What a version was made from: each node is a link to its page, each edge says how. */
export function LineageView({ graph }: { readonly graph: LineageGraph }) {
  const { ref, width } = useElementSize();
  const across = useMemo(() => layOutLineage(graph, 'across'), [graph]);
  const down = useMemo(() => layOutLineage(graph, 'down'), [graph]);
  // Across reads best; where it does not fit, downwards, and only a very broad graph scrolls.
  const placed = width === 0 || across.width <= width || down.width >= across.width ? across : down;
  return (
    <ScrollArea ref={ref} type="auto" scrollbars="x" viewportProps={{ tabIndex: 0, role: 'group', 'aria-label': `Lineage of ${graph.root}` }}>
      <div className={classes['canvas']} style={{ width: placed.width, height: placed.height }}>
        <Edges placed={placed} />
        {placed.nodes.map(({ node, x, y }) => {
          const content = (
            <>
              <Text size="sm" fw={600} truncate>
                {node.model}
              </Text>
              <Text size="xs" c="dimmed" truncate mb={4}>
                {node.version}
                {node.publisher === null ? '' : ` · ${node.publisher}`}
              </Text>
              {node.registered ? <LicenseTag license={node.license} /> : <Text size="xs" c="dimmed">not registered here</Text>}
            </>
          );
          const style = { left: x, top: y, width: nodeWidth, height: nodeHeight };
          return node.registered ? (
            <Link key={node.ref} to={versionPath(node.model, node.version)} className={classes['node']} style={style} data-root={node.ref === graph.root || undefined} {...(node.ref === graph.root ? { 'aria-current': 'true' as const } : {})}>
              {content}
            </Link>
          ) : (
            <div key={node.ref} className={`${classes['node']} ${classes['missing']}`} style={style}>
              {content}
            </div>
          );
        })}
      </div>
      <ul className="wb-visually-hidden">
        {graph.edges.map((edge) => (
          <li key={`${edge.from}${edge.to}${edge.relation}`}>
            {edge.from} is {relationWords[edge.relation]} {edge.to}
          </li>
        ))}
      </ul>
    </ScrollArea>
  );
}

function Edges({ placed }: { readonly placed: PlacedLineage }) {
  return (
    <svg className={classes['edges']} width={placed.width} height={placed.height} aria-hidden="true">
      <defs>
        <marker id="lineage-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 0 8 4 0 8z" className={classes['arrow']} />
        </marker>
      </defs>
      {placed.edges.map(({ edge, path, labelX, labelY }) => (
        <g key={`${edge.from}${edge.to}${edge.relation}`}>
          <path d={path} className={classes['edge']} markerEnd="url(#lineage-arrow)" />
          <rect x={labelX - 54} y={labelY - 10} width="108" height="20" rx="10" className={classes['labelBox']} />
          <text x={labelX} y={labelY + 4} className={classes['label']}>
            {edgeLabels[edge.relation]}
          </text>
        </g>
      ))}
    </svg>
  );
}

const edgeLabels = { finetune: 'fine-tuned', adapter: 'adapter', quantized: 'quantised', merge: 'merged', distilled: 'distilled outputs' } as const;
