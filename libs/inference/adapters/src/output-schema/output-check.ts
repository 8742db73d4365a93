import { createContext, Script } from 'node:vm';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { schemaFault } from './schema-limits.ts';

/** Compiling or checking that takes longer is given up: a pattern may need ages for a text made for it. */
const CHECK_TIMEOUT_MS = 150;
const KEPT_CHECKS = 200;

export type OutputVerdict = { readonly ok: true } | { readonly ok: false; /** One sentence about the answer, without its text. */ readonly why: string };
export type OutputCheck = (content: string) => OutputVerdict;

/** A schema that cannot be checked; the message is for the client. */
export class SchemaError extends Error {}

const OPTIONS = { strict: false, allErrors: false, validateFormats: false, addUsedSchema: false, logger: false, inlineRefs: false } as const;
const kept = new Map<string, OutputCheck>();

/**
 * The check of answers against a JSON Schema (draft 2020-12, or draft-07 where `$schema` says so); `format` is an annotation, as those drafts
 * have it. Compiled once per schema. Throws a {@link SchemaError} for a schema that is none, is too large, or refers outside itself.
 */
export function outputCheckFor(schema: unknown): OutputCheck {
  const fault = schemaFault(schema);
  if (fault !== null) throw new SchemaError(fault);
  const key = JSON.stringify(schema);
  const known = kept.get(key);
  // Taken out and put back: the one used longest ago is the first to go.
  kept.delete(key);
  const check = known ?? compile(JSON.parse(key) as object | boolean);
  kept.set(key, check);
  const [oldest] = kept.keys();
  if (kept.size > KEPT_CHECKS && oldest !== undefined) kept.delete(oldest);
  return check;
}

function compile(schema: object | boolean): OutputCheck {
  const draft = typeof schema === 'object' && '$schema' in schema ? String(schema.$schema) : '';
  if (typeof schema === 'object' && '$schema' in schema) delete schema.$schema;
  const ajv = /draft-0[4-7]/.test(draft) ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS);
  let validate: ValidateFunction;
  try {
    validate = withinTime(() => ajv.compile(schema));
  } catch (error) {
    throw new SchemaError(isTimeout(error) ? 'it takes too long to compile' : (error as Error).message.slice(0, 300));
  }
  return (content) => {
    const parsed = parseJson(content);
    if (!parsed.ok) return parsed;
    try {
      if (withinTime(() => validate(parsed.value))) return { ok: true };
    } catch (error) {
      if (isTimeout(error)) return { ok: false, why: 'it takes too long to check' };
      // As a recursive schema does with a deeply nested answer.
      if (error instanceof RangeError) return { ok: false, why: 'it is nested too deep to check' };
      throw error;
    }
    const [first] = validate.errors ?? [];
    return { ok: false, why: `${first?.instancePath || 'the whole'} ${first?.message ?? 'does not fit'}`.slice(0, 300) };
  };
}

/** Whether an answer is JSON at all, which is what `json_object` promises: an object. */
export const checkJsonObject: OutputCheck = (content) => {
  const parsed = parseJson(content);
  if (!parsed.ok) return parsed;
  return typeof parsed.value === 'object' && parsed.value !== null && !Array.isArray(parsed.value) ? { ok: true } : { ok: false, why: 'it is JSON, but no object' };
};

function parseJson(content: string): { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly why: string } {
  try {
    return { ok: true, value: JSON.parse(content) };
  } catch {
    return { ok: false, why: 'it is not JSON' };
  }
}

const guard: { step: () => unknown } = { step: () => undefined };
const context = createContext({ guard });
const run = new Script('guard.step()');

/** Runs a step and ends it when its time is up, also inside a regular expression: V8 stops whatever runs below a timed script. */
function withinTime<T>(step: () => T): T {
  guard.step = step;
  try {
    return run.runInContext(context, { timeout: CHECK_TIMEOUT_MS }) as T;
  } finally {
    guard.step = () => undefined;
  }
}

const isTimeout = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
