import type { Readable } from 'node:stream';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { createClient } from '@weighbridge/shared-contracts';
import type { Client } from '@weighbridge/shared-contracts';
import { parseModelReference } from '@weighbridge/shared-domain';
import { findRunning } from './embedded/data-directory.ts';
import { Failure } from './failure.ts';
import type { CliSettings } from './settings.ts';

export type RegistryClient = Client<typeof registryEndpoints>;

export interface PlatformOptions {
  /** The public origin; absent: WEIGHBRIDGE_URL, else the platform that runs on the data directory. */
  readonly url?: string;
}

/** The registry of a platform, through its public origin: the one named, or the one that runs here, with WEIGHBRIDGE_KEY or the administrator's key. */
export function connectRegistry(settings: CliSettings, { url }: PlatformOptions): RegistryClient {
  const named = url ?? settings.url;
  const running = named === undefined ? findRunning(settings.dataDirectory) : null;
  const origin = named ?? running?.origin;
  if (origin === undefined) throw new Failure('no platform runs on this data directory: start one, or name one with --url or WEIGHBRIDGE_URL.');
  const token = settings.key ?? settings.adminKey ?? running?.adminKey;
  if (token === undefined) throw new Failure('a key is needed: set WEIGHBRIDGE_KEY.');
  const base = origin.replace(/\/+$/, '');
  return createClient(registryEndpoints, { baseUrl: `${base}/api/registry`, token, fetch: (address, init) => reach(base, address, init) });
}

async function reach(origin: string, address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    throw new Failure(`nothing answers on ${origin}: is the platform running?`, { cause });
  }
}

/** A model as a person names it: `name@version`, `name:alias`, or `name` for its alias `default`, else the version registered last. */
export async function resolveVersion(registry: RegistryClient, reference: string): Promise<{ readonly model: string; readonly version: string }> {
  const parsed = parseModelReference(reference);
  if (parsed === null) throw new Failure(`"${reference}" is no model: write name@version, name:alias or name.`);
  if (parsed.kind === 'version') return parsed;
  const { aliases, latestVersion } = await registry.getModel({ params: { name: parsed.model } });
  const alias = parsed.kind === 'alias' ? parsed.alias : 'default';
  const version = aliases.find(({ name }) => name === alias)?.version ?? (parsed.kind === 'default' ? latestVersion : null);
  if (version === null) throw new Failure(parsed.kind === 'alias' ? `the model "${parsed.model}" has no alias "${alias}".` : `the model "${parsed.model}" has no version.`);
  return { model: parsed.model, version };
}

export async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString('utf8');
}
