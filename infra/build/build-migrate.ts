// Bundles the migrate command, with the schema engine and the migrations of all scopes, into infra/build/dist, or the folder named
// as argument: what a container
// that brings the database up to date needs, and nothing else.
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const scopes = ['registry', 'inference', 'evaluation', 'cost'];
const here = dirname(fileURLToPath(import.meta.url));
const dist = resolve(process.argv[2] ?? join(here, 'dist'));
const engine = createRequire(import.meta.resolve('@prisma/schema-engine-wasm')).resolve('@prisma/schema-engine-wasm/schema_engine_bg');

rmSync(dist, { recursive: true, force: true });
await build({
  entryPoints: [join(here, 'migrate.ts')],
  outdir: dist,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  // `new` and `check` start a server from here, in a checkout only.
  external: ['pg-native', '@weighbridge/shared-testing'],
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);" },
});
cpSync(join(dirname(engine), 'schema_engine_bg.wasm'), join(dist, 'schema_engine_bg.wasm'));
for (const scope of scopes) cpSync(join(here, `../../libs/${scope}/data/prisma`), join(dist, 'prisma', scope), { recursive: true });
writeFileSync(join(dist, 'package.json'), '{ "type": "module" }\n');
process.stdout.write(`built ${join(dist, 'migrate.js')}\n`);
