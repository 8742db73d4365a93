import { z } from 'zod';

/** A name that appears in a path or a model reference: letters, digits, `.`, `_` and `-`; must begin with a letter or digit. */
const slug = (what: string, max: number) =>
  z
    .string()
    .min(1, `${what} may not be empty`)
    .max(max, `${what} may have at most ${max} characters`)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, `${what} may have letters, digits, ".", "_" and "-", and begins with a letter or digit`);

export const ModelName = slug('a model name', 100);
export const VersionName = slug('a version', 100);
export const AliasName = slug('an alias', 60);
export const SuiteName = slug('a suite name', 100);
export const ProjectName = z.string().trim().min(1).max(100);

/** `name`, `name@version` or `name:alias`, as a client writes it in the `model` field. */
export const ModelReference = z
  .string()
  .max(220)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*([@:][A-Za-z0-9][A-Za-z0-9._-]*)?$/, 'must be a model reference: "name", "name@version" or "name:alias"');

export type ParsedModelReference =
  | { readonly model: string; readonly kind: 'default' }
  | { readonly model: string; readonly kind: 'version'; readonly version: string }
  | { readonly model: string; readonly kind: 'alias'; readonly alias: string };

/** Takes a reference apart, or gives null when it is not one. */
export function parseModelReference(reference: string): ParsedModelReference | null {
  if (!ModelReference.safeParse(reference).success) return null;
  const at = reference.search(/[@:]/);
  if (at < 0) return { model: reference, kind: 'default' };
  const model = reference.slice(0, at);
  const rest = reference.slice(at + 1);
  return reference[at] === '@' ? { model, kind: 'version', version: rest } : { model, kind: 'alias', alias: rest };
}

/** Tags that a client hangs on a job for cost reports: at most 16, as OpenAI's `metadata`. */
export const Tags = z
  .record(z.string().min(1).max(64), z.string().max(512))
  .refine((tags) => Object.keys(tags).length <= 16, 'at most 16 tags');
export type Tags = z.infer<typeof Tags>;
