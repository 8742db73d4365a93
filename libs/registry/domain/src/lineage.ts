import { z } from 'zod';

/** How a version was made from another. `distilled`: trained on its outputs. */
export const LineageRelation = z.enum(['finetune', 'adapter', 'quantized', 'merge', 'distilled']);
export type LineageRelation = z.infer<typeof LineageRelation>;

export interface LineageEdge {
  /** `name@version` of what it was made from. */
  readonly ref: string;
  readonly relation: LineageRelation;
}

/** What the rules need to know of a version. */
export interface LineageVersion {
  /** `name@version`. */
  readonly ref: string;
  readonly publisher: string;
  /** Id in the licence catalogue; null: not recognised. */
  readonly license: string | null;
  /** Day of release, `YYYY-MM-DD`: the clock of some limits. */
  readonly releasedOn?: string | null;
  /** Takes images, sound or video; some licences say more about such models. Absent or null: not known. */
  readonly multimodal?: boolean | null;
  /** Other licences that tag, text or card claim for this very version, with no way to tell which was granted. */
  readonly conflictingLicenses?: readonly string[];
  readonly baseModels: readonly LineageEdge[];
}
