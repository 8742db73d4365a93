import { z } from 'zod';

export const maxTags = 100;

/** A mark that people put on a version, after the fact: `reviewed`, `team` = `speech`. A tag without a value has an empty one. */
export const TagKey = z.string().trim().min(1).max(250);
export const TagValue = z.string().max(5_000);
export const Tags = z.record(TagKey, TagValue).refine((tags) => Object.keys(tags).length <= maxTags, `must be ${maxTags} tags at most`);
export type Tags = z.infer<typeof Tags>;
