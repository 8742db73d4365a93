import { z } from 'zod';
import { License } from './license.ts';

/** The parts of a Zod schema's definition that lead to what it holds. */
type Definition = z.core.$ZodTypeDef & { readonly shape?: Readonly<Record<string, z.ZodType>>; readonly innerType?: z.ZodType; readonly element?: z.ZodType; readonly valueType?: z.ZodType };

/** The same schema, refusing unknown fields at every depth. */
function strictly<S extends z.ZodType>(schema: S): S {
  const def = schema.def as Definition;
  return schema.clone({
    ...def,
    ...(def.shape !== undefined && { shape: Object.fromEntries(Object.entries(def.shape).map(([key, value]) => [key, strictly(value)])), catchall: z.never() }),
    ...(def.innerType !== undefined && { innerType: strictly(def.innerType) }),
    ...(def.element !== undefined && { element: strictly(def.element) }),
    ...(def.valueType !== undefined && { valueType: strictly(def.valueType) }),
  } as S['_zod']['def']) as S;
}

/**
 * A licence as an organisation enters it: held against the schema of the catalogue, and against what its parts say of each other. A misspelt field is refused,
 * since it would be dropped, and with it what it restricts. Every fault is told at once, by field.
 */
export const LicenseInput = strictly(License).superRefine((license, context) => {
  for (const { path, message } of licenseFaults(license)) context.addIssue({ code: 'custom', path: [...path], message });
});

export interface LicenseFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What the schema cannot say: parts of an entry that name each other, and limits that could never be held against anything. */
export function licenseFaults({ obligations, limits, fieldOfUse, propagation }: License): LicenseFault[] {
  const faults: LicenseFault[] = [];
  const switching = new Set(limits.flatMap(({ name, effect }) => (effect === 'obligation' ? [name] : [])));
  for (const [index, { whenLimits = [] }] of obligations.entries())
    for (const [place, name] of whenLimits.entries())
      if (!switching.has(name)) faults.push({ path: ['obligations', index, 'whenLimits', place], message: `"${name}" is no limit of this licence with the effect "obligation"` });
  const codes = new Set(obligations.map(({ code }) => code));
  for (const [relation, { only = [] }] of Object.entries(propagation))
    for (const [place, code] of only.entries()) if (!codes.has(code)) faults.push({ path: ['propagation', relation, 'only', place], message: `"${code}" is no obligation of this licence` });
  for (const [index, { measure, threshold, purposes, regions }] of limits.entries()) {
    if (measure !== null && counted.has(measure) && threshold === null) faults.push({ path: ['limits', index, 'threshold'], message: `must be a number, since ${measure} is counted` });
    if (measure === 'purposes' && (purposes ?? []).length === 0) faults.push({ path: ['limits', index, 'purposes'], message: 'must name the purposes that stay inside the limit' });
    if (measure === 'regions' && (regions ?? []).length === 0) faults.push({ path: ['limits', index, 'regions'], message: 'must name the countries that have to be looked up' });
  }
  for (const [index, { word, clause }] of fieldOfUse.entries())
    if (fieldOfUse.findIndex((other) => other.word === word && other.clause === clause) !== index) faults.push({ path: ['fieldOfUse', index], message: `names "${word}" of the same clause twice` });
  return faults;
}

const counted: ReadonlySet<string> = new Set(['monthlyActiveUsers', 'productMonthlyActiveUsers', 'monthlyActiveUsersAtRelease', 'annualRevenueUsd']);
