import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { AppError } from '@weighbridge/shared-domain';
import { loadSchemaEngine, takePanic } from './load-schema-engine.ts';
import { MigrationAdapterFactory } from './migration-adapter.ts';
import type { MigrationConnection } from './migration-adapter.ts';

/** Nothing in a schema is hidden from the engine. */
export const noFilters = { externalTables: [], externalEnums: [] };

/** Runs `work` with an engine on one schema of the database. Throws `service.internal` with the words of the engine. */
export async function withSchemaEngine<T>(connection: MigrationConnection, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const SchemaEngine = await loadSchemaEngine();
  const factory = new MigrationAdapterFactory(connection);
  try {
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
    return await work(engine);
  } catch (cause) {
    throw new AppError('service.internal', `migrations of ${connection.schema}: ${describeFailure(cause, factory.scriptFault)}`, { cause: factory.scriptFault ?? cause });
  } finally {
    await factory.close();
  }
}

function describeFailure(error: unknown, scriptFault: Error | undefined): string {
  const words = takePanic() ?? (error instanceof Error ? error.message : String(error));
  const migration = /migration_name="([^"]+)"/.exec(words)?.[1];
  return scriptFault === undefined ? words : `${migration ?? 'a script'} failed: ${scriptFault.message}`;
}
