import { basename, resolve } from 'node:path';
import type { ImportDraft, ImportKind } from '@weighbridge/registry-contracts';
import { ApiError } from '@weighbridge/shared-contracts';
import { Failure } from '../failure.ts';
import { collectFiles } from '../import/collect-files.ts';
import { print, wrap } from '../output.ts';
import { connectRegistry } from '../platform.ts';
import type { PlatformOptions, RegistryClient } from '../platform.ts';
import type { CliSettings } from '../settings.ts';

export interface ImportOptions extends PlatformOptions {
  readonly kind: ImportKind;
  readonly model?: string;
  readonly version?: string;
  readonly publisher?: string;
  /** Registers what was read; else it is only shown. */
  readonly register?: boolean;
  /** Registers in spite of contradictions, which somebody has looked at. */
  readonly force?: boolean;
  readonly json?: boolean;
}

/** Nothing was registered because the publication contradicts itself. */
export const contradicts = 2;

/**
 * Reads a model that lies here, wherever the registry runs: metadata and headers are sent, weights stay. Exit code 0: read, and registered where
 * that was asked for; 2: not registered, since it contradicts itself.
 */
export async function importModel(settings: CliSettings, path: string, options: ImportOptions): Promise<number> {
  const registry = connectRegistry(settings, options);
  const files = await collectFiles(path, (name, bytes) => void process.stderr.write(`reading ${name} (${(bytes / 1e9).toFixed(2)} GB) for its digest\n`));
  const draft = await registry.importModel({ body: { kind: options.kind === 'auto' ? 'auto' : options.kind, files } });
  const model = options.model ?? draft.suggestedModel ?? null;
  const version = options.version ?? draft.version.version ?? null;
  const errors = draft.findings.filter(({ severity }) => severity === 'error');
  const isRefused = options.register === true && errors.length > 0 && options.force !== true;
  const registered = options.register === true && !isRefused ? await register(registry, draft, { path, model, version, publisher: options.publisher ?? draft.suggestedPublisher }) : null;
  await print(options.json === true ? JSON.stringify({ model, draft: { ...draft, version: { ...draft.version, version } }, registered }, null, 2) : describe(draft, model, version));
  if (registered !== null) process.stderr.write(`registered ${registered}\n`);
  if (isRefused) process.stderr.write(`not registered: ${errors.length === 1 ? 'something contradicts itself' : `${errors.length} things contradict themselves`}. Mend it, or register it as it is with --force.\n`);
  return isRefused ? contradicts : 0;
}

interface Registration {
  readonly path: string;
  readonly model: string | null;
  readonly version: string | null;
  readonly publisher: string | null;
}

/** The model too, where there is none of that name. */
async function register(registry: RegistryClient, draft: ImportDraft, { path, model, version, publisher }: Registration): Promise<string> {
  if (model === null) throw new Failure(`${basename(resolve(path))} does not say what it is called: name it with --model.`);
  if (version === null) throw new Failure(`${basename(resolve(path))} does not say which version it is: name it with --version.`);
  await registry.getModel({ params: { name: model } }).catch(async (error: unknown) => {
    if (!(error instanceof ApiError) || error.status !== 404) throw error;
    if (publisher === null) throw new Failure(`the model "${model}" is not registered, and nothing says who published it: name them with --publisher.`);
    await registry.createModel({ body: { name: model, publisher } });
  });
  const { license, version: _, ...rest } = draft.version;
  const { digest } = await registry.registerVersion({ params: { name: model }, body: { ...rest, version, ...(license === null ? {} : { license }) } });
  return `${model}@${version}, content ${digest.slice(0, 12)}`;
}

const severities = { error: 'CONTRADICTION', warning: 'warning', info: 'note' } as const;

/** What was read, and for each field where. */
export function describe({ kind, version, licenseId, licenseFiles, suggestedPublisher, findings }: ImportDraft, model: string | null, name: string | null): string {
  const facts: (readonly [string, string | null])[] = [
    ['model', `${model ?? 'not said'}@${name ?? 'not said'}`],
    ['publisher', suggestedPublisher],
    ['read as', kind],
    ['licence', licenseId ?? (version.license === null ? 'none is declared' : 'not recognised')],
    ['licence files', licenseFiles.length === 0 ? null : licenseFiles.map(({ fileName, licenses }) => `${fileName}: ${licenses[0] ?? 'not recognised'}`).join(', ')],
    ['made from', version.baseModels.length === 0 ? null : version.baseModels.map((base) => `${base.relation} ${base.model}@${base.version}`).join(', ')],
    ['architecture', version.architecture?.modelType ?? null],
    ['artifacts', version.artifacts.length === 0 ? null : `${version.artifacts.length}, ${(version.artifacts.reduce((sum, { bytes }) => sum + bytes, 0) / 1e9).toFixed(3)} GB`],
  ];
  return [
    ...facts.flatMap(([label, value]) => (value === null ? [] : [`${label.padEnd(14)} ${value}`])),
    ...(findings.length === 0 ? [] : ['', ...findings.map(({ severity, message, sources }) => wrap(`${severities[severity]}: ${message}${sources.length === 0 ? '' : ` [${sources.join('; ')}]`}`))]),
    ...(version.provenance.length === 0 ? [] : ['', 'read from', ...version.provenance.map(({ field, readFrom, value }) => `  ${field}: ${readFrom} = ${value.length > 60 ? `${value.slice(0, 60)}…` : value}`)]),
  ].join('\n');
}
