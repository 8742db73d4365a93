// Copies the packages that the bundle of one app leaves outside, with all that they depend on, to where the bundle finds them:
//   node infra/build/copy-externals.ts apps/inference-worker /out
// makes /out/node_modules/…, as it lies in the checkout. A package that is not installed is optional to the bundle, and skipped.
import { cpSync, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const [app, out] = process.argv.slice(2);
if (app === undefined || out === undefined) {
  process.stderr.write('usage: node infra/build/copy-externals.ts <folder of an app> <folder to copy to>\n');
  process.exit(2);
}

const root = resolve(import.meta.dirname, '../..');
const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** Binaries of the in-process engine for other processors: it loads none of them. */
const isForOtherMachine = (name: string): boolean => name.startsWith('@node-llama-cpp/') && name !== `@node-llama-cpp/${process.platform}-${process.arch}`;

/** What only compiling the engine or reading a package's own source needs. */
const isNeeded = (path: string): boolean => !path.endsWith('.map') && basename(path) !== 'gitRelease.bundle' && !/cedar-wasm[\\/](esm|web)$/.test(path);

/** The folder of a package where Node looks for it: from the one who asks upwards. */
function findPackage(name: string, from: string): string | undefined {
  const candidate = join(from, 'node_modules', name);
  if (existsSync(join(candidate, 'package.json'))) return candidate;
  return from === root ? undefined : findPackage(name, dirname(from));
}

const copied = new Set<string>();

function copy(name: string, from: string): void {
  const folder = isForOtherMachine(name) ? undefined : findPackage(name, from);
  if (folder === undefined || copied.has(folder)) return;
  copied.add(folder);
  const isOwn = (path: string): boolean => !relative(folder, path).split(sep).includes('node_modules');
  cpSync(folder, join(out ?? '', relative(root, folder)), { recursive: true, dereference: true, filter: (path) => isOwn(path) && isNeeded(path) });
  const { dependencies, optionalDependencies } = readJson(join(folder, 'package.json')) as Manifest;
  for (const needed of Object.keys({ ...dependencies, ...optionalDependencies })) copy(needed, folder);
}

const appFolder = resolve(app);
for (const specifier of readJson(join(appFolder, 'dist', 'externals.json')) as readonly string[]) {
  copy(specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/'), appFolder);
}
process.stdout.write(`copied ${copied.size} packages for ${app}\n`);
