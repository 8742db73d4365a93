import { startTestPostgres } from '@weighbridge/shared-data/test-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser's URL of the PostgreSQL server of this test run. */
    readonly postgresUrl: string | undefined;
  }
}

/** For `globalSetup` in vitest.config.ts: one PostgreSQL server a test run, which `createTestDatabase` finds by itself. */
export default async function startServers(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startTestPostgres();
  project.provide('postgresUrl', postgres.adminUrl);
  return () => postgres.stop();
}
