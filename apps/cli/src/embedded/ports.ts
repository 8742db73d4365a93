import { createServer } from 'node:net';
import { Failure } from '../failure.ts';

/** The public origin, and after it one port per service. */
export const portPlan = (origin: number) =>
  ({ web: origin, registry: origin + 1, gateway: origin + 2, evaluation: origin + 3, cost: origin + 4, worker: origin + 5, postgres: origin + 6 }) as const;
export type PortPlan = ReturnType<typeof portPlan>;

/** All ports are tried before anything is started, so that a taken one ends the start with nothing to clean up. */
export async function requireFreePorts(plan: PortPlan): Promise<void> {
  for (const [what, port] of Object.entries(plan)) {
    if (!(await isFree(port))) throw new Failure(`port ${port} (${what}) is taken: stop what listens there, or set WEIGHBRIDGE_PORT to the first of seven free ports.`);
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
