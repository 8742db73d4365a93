export { createTestDatabase } from './create-test-database.ts';
export type { TestDatabase, TestDatabaseOptions } from './create-test-database.ts';
export { startTestPostgres } from './start-test-postgres.ts';
export type { TestPostgres } from './start-test-postgres.ts';
export { freePort } from './free-port.ts';
export { waitFor } from './wait-for.ts';
export type { WaitForOptions } from './wait-for.ts';
