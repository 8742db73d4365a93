export { createTestDatabase } from './create-test-database.ts';
export type { TestDatabase, TestDatabaseOptions } from './create-test-database.ts';
export { freePort, startTestPostgres } from '@weighbridge/shared-data/test-postgres';
export type { TestPostgres } from '@weighbridge/shared-data/test-postgres';
export { waitFor } from './wait-for.ts';
export type { WaitForOptions } from './wait-for.ts';
