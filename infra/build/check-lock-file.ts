// Fails when the lock file names a download host, or lacks an optional package that npm ci would then miss on another machine.
import { readFileSync } from 'node:fs';

interface LockEntry {
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** In-process engines for systems on which a model server over HTTP takes their place; not every registry serves them. */
const notBrought = /^@node-llama-cpp\/(mac|win|linux-riscv64)/;

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as { packages: Readonly<Record<string, LockEntry>> };

const faults = Object.entries(packages).flatMap(([path, entry]) => [
  ...(/^https?:/.test(entry.resolved ?? '') ? [`${path} names a download host`] : []),
  ...Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !notBrought.test(name) && !isLocked(path, name))
    .map((name) => `${path === '' ? 'the project' : path} lacks its optional package ${name}`),
]);

/** Whether a package is locked where Node would look for it, from the folder of its dependent upwards. */
function isLocked(from: string, name: string): boolean {
  const parts = from.split('/node_modules/');
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const base = parts.slice(0, depth).join('/node_modules/');
    if (`${base === '' ? '' : `${base}/`}node_modules/${name}` in packages) return true;
  }
  return false;
}

if (faults.length > 0) {
  process.stderr.write(`package-lock.json: ${faults.join('; ')}\n`);
  process.exit(1);
}
