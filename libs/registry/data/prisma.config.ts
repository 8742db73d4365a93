import { defineConfig } from 'prisma/config';

/** For `prisma generate` only. Migrations are made and applied by infra/build/migrate.ts, never by prisma's own command. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
