// Measures the registry with many versions on a real PostgreSQL of its own: node src/bench/main.ts [versions]. As a child process it sends each measurement.
import { createPool, databaseUrl, deployDatabase } from '@weighbridge/shared-data';
import { startTestPostgres } from '@weighbridge/shared-testing';
import { fileURLToPath } from 'node:url';
import { startTestService } from '../start-test-service.ts';
import { fillRegistry, generateUseCases, measureImpact, measureLineages, measureRedecision, measureSearch } from './measure-registry.ts';
import type { Measurement } from './measure-registry.ts';
import { measureShardImport } from './shard-import.ts';

const versions = Number(process.argv[2] ?? process.env['BENCH_VERSIONS'] ?? 100_000);
const report = (measurement: Measurement): void => {
  if (process.send !== undefined) process.send(measurement);
  else process.stdout.write(`${measurement.what}: ${measurement.ms.toFixed(1)} ms${measurement.worstMs === undefined ? '' : ` (worst ${measurement.worstMs.toFixed(1)})`}  ${measurement.note}${measurement.aim === undefined ? '' : `  [aim: ${measurement.aim}]`}\n`);
};

await measureShardImport(report);
const postgres = await startTestPostgres();
try {
  const { adminUrl } = await deployDatabase({
    adminUrl: postgres.adminUrl,
    database: 'bench',
    services: [{ name: 'registry', password: 'bench' }],
    migrationsDirOf: () => fileURLToPath(new URL('../../../../libs/registry/data/prisma/migrations', import.meta.url)),
  });
  const url = databaseUrl(adminUrl, { user: 'registry', password: 'bench' });
  const pool = createPool({ connectionString: url, schema: 'registry', applicationName: 'bench', statementTimeoutMs: 0 });
  const service = await startTestService({ databaseUrl: url });
  try {
    const hub = await fillRegistry(pool, service, versions, report);
    const project = await service.addProject('bench');
    for (const [index, facts] of generateUseCases().entries()) await service.admin.createUseCase({ body: { project: project.id, name: `use-${index}`, facts } });
    for (const { model, version } of hub.slice(0, 200)) await service.admin.setVersionTags({ params: { name: model, version }, body: { tags: { reviewed: '' } } });
    await measureRedecision(service, report);
    await measureSearch(project.as.viewer, project.useCaseId, report);
    await measureImpact(project.as.viewer, hub, report);
    await measureLineages(pool, service, report);
  } finally {
    await service[Symbol.asyncDispose]();
    await pool.end();
  }
} finally {
  await postgres.stop();
  // The hooks of the embedded PostgreSQL listen to the parent, which alone would keep this process alive.
  if (process.connected) process.disconnect();
}
