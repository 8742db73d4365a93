import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';

type SchemaEngineClass = typeof SchemaEngine;

interface WasmExports {
  readonly __wbindgen_start: () => void;
}

interface EngineBindings {
  readonly SchemaEngine: SchemaEngineClass;
  readonly __wbg_set_wasm: (exports: WasmExports) => void;
}

/** Part of the language in Node, but TypeScript types it only with the browser's library. */
declare const WebAssembly: {
  instantiate(bytes: Buffer, imports: Readonly<Record<string, object>>): Promise<{ readonly instance: { readonly exports: WasmExports } }>;
};

const wasmFile = 'schema_engine_bg.wasm';
let loading: Promise<SchemaEngineClass> | undefined;

/** Prisma's schema engine, compiled to WebAssembly; loaded once a process, about 100 ms. */
export const loadSchemaEngine = (): Promise<SchemaEngineClass> => (loading ??= load());

/** By hand, because importing the package prints an experimental warning and does not survive bundling. */
async function load(): Promise<SchemaEngineClass> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const engine = bindings as unknown as EngineBindings;
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: rememberPanic } });
  const { instance } = await WebAssembly.instantiate(await readWasm(), { './schema_engine_bg.js': { ...bindings, ...undemandingTimers(bindings) } });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return engine.SchemaEngine;
}

/** The engine limits its wait for a lock by a timer that it never takes back: as it comes, it would keep the process for 10 s. */
function undemandingTimers(bindings: object): Readonly<Record<string, object>> {
  const names = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  return Object.fromEntries(names.map((name) => [name, (callback: () => void, delayMs: number) => setTimeout(callback, delayMs >>> 0).unref()]));
}

/** A bundle carries the file beside itself; otherwise it is in the package. */
async function readWasm(): Promise<Buffer> {
  try {
    return await readFile(fileURLToPath(new URL(wasmFile, import.meta.url)));
  } catch {
    const bindingsPath = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
    return await readFile(join(dirname(bindingsPath), wasmFile));
  }
}

let panic: string | undefined;
const rememberPanic = (message: string) => {
  panic = message;
};

/** What the engine said when it last crashed, once; undefined when it did not. */
export function takePanic(): string | undefined {
  const message = panic;
  panic = undefined;
  return message;
}
