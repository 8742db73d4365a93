import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { AppError } from '@weighbridge/shared-domain';
import { loadSchemaEngine, takePanic } from './load-schema-engine.ts';
import { MigrationAdapterFactory } from './migration-adapter.ts';

/** Nothing in a schema is hidden from the engine. */
export const noFilters = { externalTables: [], externalEnums: [] };

/** Runs `work` with an engine on one schema of the database. Throws `service.internal` with the words of the engine. */
export async function withSchemaEngine<T>(adminUrl: string, schema: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const SchemaEngine = await loadSchemaEngine();
  const factory = new MigrationAdapterFactory(adminUrl, schema);
  try {
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
    return await work(engine);
  } catch (cause) {
    throw new AppError('service.internal', `migrations of ${schema}: ${takePanic() ?? wordsOf(cause)}`, { cause });
  } finally {
    await factory.close();
  }
}

const wordsOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
