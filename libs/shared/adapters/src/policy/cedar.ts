import { createRequire } from 'node:module';
import type * as CedarModule from '@cedar-policy/cedar-wasm/nodejs';

type Cedar = typeof CedarModule;

const packageName = '@cedar-policy/cedar-wasm/nodejs';
const requireHere = createRequire(import.meta.url);

/** One instance of the WebAssembly module. What it has kept under a name goes away with it. */
export interface CedarInstance {
  readonly cedar: Cedar;
  /** What is preparsed under each name, by whom. */
  readonly owners: Map<string, object>;
}

let current: CedarInstance | undefined;

/** Loaded at first use, so that who has no policies pays nothing for it. */
function load(): CedarInstance {
  const path = requireHere.resolve(packageName);
  Reflect.deleteProperty(requireHere.cache, path);
  return { cedar: requireHere(path) as Cedar, owners: new Map() };
}

export class CedarTrap extends Error {}

/**
 * Calls into the module. A trap (its stack is small, and expressions are walked recursively) leaves its memory in no state to go on with:
 * the instance is thrown away, and a {@link CedarTrap} is thrown.
 */
export function withCedar<T>(work: (instance: CedarInstance) => T): T {
  current ??= load();
  try {
    return work(current);
  } catch (cause) {
    current = undefined;
    throw new CedarTrap('the policy engine gave up: an expression nests too deeply for it', { cause });
  }
}
