import { fork } from 'node:child_process';
import { once } from 'node:events';
import { moduleFile } from './child-process.ts';

/** What the registry's own measuring program sends, one message for each. */
export interface RegistryMeasurement {
  readonly what: string;
  readonly ms: number;
  readonly worstMs?: number;
  readonly note: string;
  readonly aim?: string;
}

/**
 * Re-decision, lineages, search pages, impact reports and matrices with so many versions, on a PostgreSQL of their own. The program belongs to the registry, whose
 * tables it fills; it runs as a process, as a service does.
 */
export async function measureRegistryScale(versions: number): Promise<readonly RegistryMeasurement[]> {
  const child = fork(moduleFile('../../../model-registry/src/bench/main.ts'), [String(versions)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const measured: RegistryMeasurement[] = [];
  child.on('message', (measurement) => void measured.push(measurement as RegistryMeasurement));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the registry's measuring program ended with ${code ?? 'a signal'}`);
  return measured;
}

/** Rows of a table: what, median, worst, aim, and what else is worth knowing. */
export const registryScaleRows = (measured: readonly RegistryMeasurement[]): string[][] =>
  measured.map(({ what, ms, worstMs, note, aim = '' }) => [what, milliseconds(ms), worstMs === undefined ? '' : milliseconds(worstMs), aim, note]);

const milliseconds = (ms: number): string => (ms < 100 ? ms.toFixed(1) : Math.round(ms).toLocaleString('en'));
