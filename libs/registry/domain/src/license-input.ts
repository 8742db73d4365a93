import { z } from 'zod';
import { License } from './license.ts';

/** The parts of a Zod schema's definition that lead to what it holds. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
}

/** Places in a value that a schema has no field for, as paths. A misspelt field would otherwise be dropped, and with it what it restricts. */
function unknownFields(schema: z.ZodType, value: unknown, path: readonly PropertyKey[] = []): PropertyKey[][] {
  const { type, shape, innerType, element, valueType } = schema.def as unknown as Definition;
  if (innerType !== undefined) return unknownFields(innerType, value, path);
  if (element !== undefined && Array.isArray(value)) return value.flatMap((item, index) => unknownFields(element, item, [...path, index]));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  if (type === 'record' && valueType !== undefined) return Object.entries(value).flatMap(([key, item]) => unknownFields(valueType, item, [...path, key]));
  if (shape === undefined) return [];
  return Object.entries(value).flatMap(([key, item]) => (shape[key] === undefined ? [[...path, key]] : unknownFields(shape[key], item, [...path, key])));
}

/** A licence as an organisation enters it: held against the schema of the catalogue, and against what its parts say of each other. Every fault is told at once, by field. */
export const LicenseInput = z.preprocess(
  (value, context) => {
    for (const path of unknownFields(License, value)) context.issues.push({ code: 'custom', input: value, path, message: 'is no field of a licence', continue: true });
    return value;
  },
  License.superRefine((license, context) => {
    for (const { path, message } of licenseFaults(license)) context.addIssue({ code: 'custom', path: [...path], message });
  }),
);

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
