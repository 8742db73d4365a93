import autocannon from 'autocannon';

export interface Candidate {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Measured {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

/** Fires requests for a while and reports what came back. Load goes to loopback only, and ends by itself. */
export async function fire(candidate: Candidate, options: { readonly connections: number; readonly seconds: number }): Promise<Measured> {
  const result = await autocannon({
    url: candidate.url,
    method: 'POST',
    headers: { 'content-type': 'application/json', ...candidate.headers },
    body: candidate.body,
    connections: options.connections,
    duration: options.seconds,
    timeout: 30,
  });
  return { requestsPerSecond: result['2xx'] / result.duration, p50Ms: result.latency.p50, p99Ms: result.latency.p99, failures: result.non2xx + result.errors };
}

/** Rounds of all candidates in turn, so that a busy moment of the machine hits each alike; the median round of each counts. */
export async function compare(candidates: readonly Candidate[], options: { readonly connections: number; readonly seconds: number; readonly rounds: number }): Promise<Map<string, Measured>> {
  const rounds = new Map<string, Measured[]>(candidates.map(({ name }) => [name, []]));
  for (const candidate of candidates) await fire(candidate, { ...options, seconds: 2 });
  for (let round = 0; round < options.rounds; round += 1) {
    for (const candidate of candidates) rounds.get(candidate.name)?.push(await fire(candidate, options));
  }
  return new Map([...rounds].map(([name, measured]) => [name, medianRound(measured)]));
}

const medianRound = (rounds: readonly Measured[]): Measured => {
  const sorted = rounds.toSorted((a, b) => a.requestsPerSecond - b.requestsPerSecond);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (median === undefined) throw new Error('nothing was measured');
  return { ...median, failures: rounds.reduce((sum, round) => sum + round.failures, 0) };
};

/** Median time of one request after another, in milliseconds. */
export async function medianLatencyMs(candidate: Candidate, count: number): Promise<number> {
  const times: number[] = [];
  for (let request = 0; request < count; request += 1) {
    const startedAt = performance.now();
    const response = await fetch(candidate.url, { method: 'POST', headers: { 'content-type': 'application/json', ...candidate.headers }, body: candidate.body });
    await response.arrayBuffer();
    if (!response.ok) throw new Error(`${candidate.name} answered ${response.status}`);
    times.push(performance.now() - startedAt);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
