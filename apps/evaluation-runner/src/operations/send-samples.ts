import type { PlacedSample, EvaluationStore, StoredSuite } from '@weighbridge/evaluation-data';
import { renderPrompt } from '@weighbridge/evaluation-domain';
import type { Sample } from '@weighbridge/evaluation-domain';
import { ApiError } from '@weighbridge/shared-contracts';
import type { GatewayClient } from '../gateway-client.ts';
import type { DriveLimits } from './drive-run.ts';
import { isPassing } from './is-passing.ts';
import type { RunInProgress } from './run-in-progress.ts';
import { refusedSample } from './score-sample.ts';

export interface SendSamplesDeps {
  readonly store: { readonly suites: Pick<EvaluationStore['suites'], 'listSamples'> };
  readonly gateway: Pick<GatewayClient, 'createEvaluationJobs'>;
  readonly now: () => Date;
}

/** `blocked`: the gateway takes nothing now and may later. `refused`: it took nothing of the first page and never will. */
export type Sent = { readonly kind: 'sent' } | { readonly kind: 'blocked' } | { readonly kind: 'refused'; readonly error: string };

/** Gives the next page of samples to the gateway. A repeated page is harmless there: each sample's id is its key. */
export async function sendSamples({ store, gateway, now }: SendSamplesDeps, progress: RunInProgress, limits: DriveLimits, signal: AbortSignal): Promise<Sent> {
  const { run, suite } = progress;
  const { sent, blockedSince } = progress.position();
  const samples = await store.suites.listSamples(suite.id, { from: sent, until: run.planned, limit: limits.pageSamples });
  const jobs = jobsOf(suite, samples, `${run.model}@${run.version}`, limits.pageBytes);
  const page = samples.slice(0, jobs.length);
  const { projectId, keyId, useCaseId } = run;
  const tooLong = blockedSince !== null && now().getTime() - blockedSince.getTime() > limits.blockedMs;
  const answer = await gateway.createEvaluationJobs({ body: { runId: run.id, projectId, keyId, useCaseId, jobs } }, { signal }).catch((error: unknown) => {
    if (error instanceof ApiError && isBusy(error.code) && !tooLong) return null;
    throw error;
  });
  if (answer === null) {
    await progress.record([], { blockedSince: blockedSince ?? now() });
    return { kind: 'blocked' };
  }

  const { refused } = answer;
  const byId = new Map(page.map((placed) => [placed.sample.id, placed]));
  const passing = tooLong ? [] : refused.filter(({ code }) => isPassing(code));
  const results = refused.flatMap((refusal) => {
    const placed = byId.get(refusal.key);
    return placed === undefined || passing.includes(refusal) ? [] : [refusedSample(suite, placed, refusal)];
  });

  const first = refused[0];
  if (passing.length > 0) {
    // Jobs that the gateway has already count as taken, so only a finished one shows that it gets on.
    await progress.record(results, { blockedSince: blockedSince ?? now() });
    return { kind: 'blocked' };
  }
  await progress.record(results, { sent: sent + page.length, blockedSince: null });
  const nothingTaken = sent === 0 && results.length === page.length && progress.finished() === page.length;
  return nothingTaken && first !== undefined ? { kind: 'refused', error: `${first.code}: ${first.message}` } : { kind: 'sent' };
}

/** The gateway is there and will not take the page now: what it has of the run is taken in meanwhile. When it is away, the message is tried again. */
const isBusy = (code: string): boolean => isPassing(code) && !code.startsWith('service.');

/** As many of the samples as the page may have bytes, and at least one. */
function jobsOf({ settings }: StoredSuite, samples: readonly PlacedSample[], model: string, maxBytes: number) {
  const jobs = [];
  let bytes = 0;
  for (const { sample } of samples) {
    const job = { key: sample.id, model, input: requestOf(settings, sample) };
    bytes += Buffer.byteLength(JSON.stringify(job));
    if (jobs.length > 0 && bytes > maxBytes) break;
    jobs.push(job);
  }
  return jobs;
}

const requestOf = (settings: StoredSuite['settings'], { input }: Sample) => ({
  messages: [...(settings.system === undefined ? [] : [{ role: 'system' as const, content: settings.system }]), { role: 'user' as const, content: renderPrompt(settings.prompt, input) }],
  max_completion_tokens: settings.maxOutputTokens,
  temperature: settings.temperature,
});
