/** Bounds the calls at once of each deployment in this process; whoever comes late waits in line. */
export interface DeploymentSlots {
  /** Resolves with the release of a slot; rejects when the signal is aborted first. */
  readonly take: (deploymentId: string, limit: number, signal: AbortSignal) => Promise<() => void>;
}

interface Line {
  taken: number;
  readonly waiting: Set<() => void>;
}

export function createDeploymentSlots(): DeploymentSlots {
  const lines = new Map<string, Line>();
  const lineOf = (deploymentId: string): Line => {
    let line = lines.get(deploymentId);
    if (line === undefined) lines.set(deploymentId, (line = { taken: 0, waiting: new Set() }));
    return line;
  };
  const release = (line: Line) => {
    const [next] = line.waiting;
    if (next === undefined) {
      line.taken -= 1;
      return;
    }
    // The slot passes straight to the next in line.
    line.waiting.delete(next);
    next();
  };
  return {
    take: async (deploymentId, limit, signal) => {
      signal.throwIfAborted();
      const line = lineOf(deploymentId);
      if (line.taken < limit) line.taken += 1;
      else {
        await new Promise<void>((resolve, reject) => {
          const go = () => {
            signal.removeEventListener('abort', leave);
            resolve();
          };
          const leave = () => {
            line.waiting.delete(go);
            reject(signal.reason as Error);
          };
          line.waiting.add(go);
          signal.addEventListener('abort', leave, { once: true });
        });
      }
      let released = false;
      return () => {
        if (released) return;
        released = true;
        release(line);
      };
    },
  };
}
