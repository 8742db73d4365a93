import { Graph, layout } from '@dagrejs/dagre';
import type { LineageGraph } from '@weighbridge/registry-contracts';

export const nodeWidth = 204;
export const nodeHeight = 76;

export interface PlacedNode {
  readonly node: LineageGraph['nodes'][number];
  /** Upper left corner. */
  readonly x: number;
  readonly y: number;
}

export interface PlacedEdge {
  readonly edge: LineageGraph['edges'][number];
  /** SVG path from the base to what was made of it. */
  readonly path: string;
  /** Middle of the label. */
  readonly labelX: number;
  readonly labelY: number;
}

export interface PlacedLineage {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Bases first (left, or on top), then what was made of them; every edge keeps room for its label. */
export function layOutLineage(graph: LineageGraph, direction: 'across' | 'down'): PlacedLineage {
  const placed = new Graph<{ width: number; height: number }, { width: number; height: number; x: number; y: number }, { points: Point[]; x: number; y: number; width: number; height: number; labelpos: 'c' }>({ multigraph: true });
  placed.setGraph({ rankdir: direction === 'across' ? 'LR' : 'TB', nodesep: 26, ranksep: direction === 'across' ? 24 : 24, marginx: 2, marginy: 6 } as never);
  for (const node of graph.nodes) placed.setNode(node.ref, { width: nodeWidth, height: nodeHeight, x: 0, y: 0 });
  for (const edge of graph.edges) placed.setEdge(edge.to, edge.from, { width: 112, height: 22, labelpos: 'c', points: [], x: 0, y: 0 }, edge.relation);
  layout(placed as never);
  const { width = 0, height = 0 } = placed.graph() as { width?: number; height?: number };
  return {
    width,
    height,
    nodes: graph.nodes.map((node) => {
      const { x, y } = placed.node(node.ref);
      return { node, x: x - nodeWidth / 2, y: y - nodeHeight / 2 };
    }),
    edges: graph.edges.map((edge) => {
      const { points, x, y } = placed.edge(edge.to, edge.from, edge.relation);
      return { edge, path: smooth(points), labelX: x, labelY: y };
    }),
  };
}

/** Through the points, rounded at each. */
function smooth(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  const middles = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    return `Q ${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`;
  });
  return [`M ${first.x} ${first.y}`, ...middles, `L ${last.x} ${last.y}`].join(' ');
}
