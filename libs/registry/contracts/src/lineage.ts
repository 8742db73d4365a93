import { EdgeEffect, LineageRelation } from '@weighbridge/registry-domain';
import { ModelName, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** Most nodes of one graph; what is left out is nearest to its rim. */
export const maxLineageNodes = 2_000;

export const LineageDirection = z.enum(['ancestors', 'descendants', 'both']);
export type LineageDirection = z.infer<typeof LineageDirection>;

export const LineageQuery = z.object({
  /** `ancestors`: what it was made from. `descendants`: what was made from it. */
  direction: LineageDirection.default('ancestors'),
  /** Most steps from the version; as far as it goes where absent. */
  depth: z.coerce.number().int().min(1).max(10_000).optional(),
});

export const LineageBrought = z.object({
  license: z.string(),
  /** The version whose licence it is: the one at the end of the edge, or one that it was made from. */
  version: z.string(),
  effects: z.array(EdgeEffect),
  /** Codes of the obligations that go along. */
  obligations: z.array(z.string()),
  /** Of the rule that says what a model made that way inherits. */
  clause: z.string().nullable(),
  message: z.string(),
});

export const LineageGraph = z.object({
  root: z.string(),
  nodes: z.array(
    z.object({
      ref: z.string(),
      model: ModelName,
      version: VersionName,
      publisher: z.string().nullable(),
      license: z.string().nullable(),
      /** Steps from the root; 0 is the root. */
      depth: z.int(),
      side: z.enum(['root', 'ancestor', 'descendant']),
      /** False: named as a base model, but not registered here. */
      registered: z.boolean(),
    }),
  ),
  /** `from` was made from `to`. `brings`: what of the licences at that end reaches the version made from it. */
  edges: z.array(z.object({ from: z.string(), to: z.string(), relation: LineageRelation, brings: z.array(LineageBrought) })),
  /** There is more than is shown: raise `depth`, or ask from a node at the rim. */
  truncated: z.boolean(),
});
export type LineageGraph = z.infer<typeof LineageGraph>;
