import Table from 'cli-table3';
import { print } from '../output.ts';
import { connectRegistry } from '../platform.ts';
import type { PlatformOptions } from '../platform.ts';
import type { CliSettings } from '../settings.ts';

export interface SearchOptions extends PlatformOptions {
  readonly license?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** Models by name or publisher. */
export async function searchModels(settings: CliSettings, text: string | undefined, { license, limit, json, ...platform }: SearchOptions): Promise<number> {
  const registry = connectRegistry(settings, platform);
  const { data, nextCursor } = await registry.listModels({ query: { limit, ...(text === undefined ? {} : { query: text }), ...(license === undefined ? {} : { license }) } });
  if (json === true) {
    await print(JSON.stringify(data, null, 2));
    return 0;
  }
  const table = new Table({ head: ['model', 'publisher', 'newest', 'licences', 'aliases', 'runs'], style: { head: [], border: [] } });
  for (const { name, publisher, latestVersion, licenses, aliases, deployed } of data)
    table.push([name, publisher, latestVersion ?? '', licenses.map((one) => one ?? 'not recognised').join('\n'), aliases.map((alias) => `${alias.name} → ${alias.version}`).join('\n'), deployed ? 'yes' : '']);
  await print(data.length === 0 ? 'no model is like that' : `${table.toString()}${nextCursor === null ? '' : '\nthere are more: narrow the search, or raise --limit (200 at most)'}`);
  return 0;
}
