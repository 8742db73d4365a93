import { costEndpoints } from '@weighbridge/cost-contracts';
import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import { inferenceEndpoints } from '@weighbridge/inference-contracts';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { createClient } from '@weighbridge/shared-contracts';
import type { Platform } from './platform.ts';

export const clientsOf = (origin: string, token: string) => {
  const at = (path: string) => ({ baseUrl: `${origin}${path}`, token, fetch: (url: string, init: RequestInit) => fetch(url, init) });
  return {
    registry: createClient(registryEndpoints, at('/api/registry')),
    inference: createClient(inferenceEndpoints, at('/api/inference')),
    evaluation: createClient(evaluationEndpoints, at('/api/evaluation')),
    cost: createClient(costEndpoints, at('/api/cost')),
  };
};

export interface Seeded {
  /** An editor's key of a project with something of everything. */
  readonly editorKey: string;
  /** A viewer's key of a project with nothing. */
  readonly viewerOfNothingKey: string;
  readonly projectName: string;
  readonly deepseekVersion: string;
  readonly distillVersion: string;
  readonly runs: readonly [string, string];
  readonly finishedJob: string;
}

const sums = Array.from({ length: 12 }, (_, index) => ({ id: `sum-${index}`, input: { prompt: `What is ${index + 11} plus ${2 * index + 3}?` }, target: String(3 * index + 14), slice: index % 2 === 0 ? 'even' : 'odd' }));

const euPolicy = `@message("Personal data may only go to models that are hosted in the European Union.")
forbid (principal, action == Action::"use", resource)
when { principal.hasTag("data") && principal.getTag("data") == "personal" }
unless { context.hostedInEu };
`;

/** Something of everything, through the public API like any client: papers, jobs, runs, spend, a budget, a promotion, a policy, a request that waits. */
export async function seed({ origin, adminKey }: Platform): Promise<Seeded> {
  const admin = clientsOf(origin, adminKey);
  const project = await admin.registry.createProject({ body: { name: 'Customer care' } });
  const useCase = await admin.registry.createUseCase({
    body: { project: project.id, name: 'support answers', facts: { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'service', trainOnOutputs: false } },
  });
  const { token: editorKey } = await admin.registry.createKey({ params: { id: project.id }, body: { name: 'support service', role: 'editor', useCaseId: useCase.id } });
  const nothing = await admin.registry.createProject({ body: { name: 'Nothing yet' } });
  const { token: viewerOfNothingKey } = await admin.registry.createKey({ params: { id: nothing.id }, body: { name: 'looker-on', role: 'viewer' } });

  const editor = clientsOf(origin, editorKey);
  await editor.registry.createModel({ body: { name: 'abacus', publisher: 'abacus', description: 'Tiny chat models for offline use' } });
  for (const version of ['nano', 'base']) {
    const { version: draft } = await editor.registry.importModel({ body: { kind: 'gguf', path: `abacus-${version}.gguf` } });
    const { license, version: _, ...read } = draft;
    const registered = await editor.registry.registerVersion({ params: { name: 'abacus' }, body: { ...read, version, ...(license === null ? {} : { license }) } });
    const [artifact] = registered.artifacts;
    if (artifact === undefined) throw new Error('the import found no file');
    await editor.registry.createDeployment({ params: { name: 'abacus' }, body: { version, pool: 'local', contextLength: 256, defaultMaxOutputTokens: 32, backend: { kind: 'llama-cpp', artifact: artifact.fileName } } });
    await admin.cost.createPrices({ body: { entries: [{ model: 'abacus', version, price: { inputUsdPerMillion: '20', outputUsdPerMillion: '40' }, source: 'internal charge' }] } });
  }
  await admin.registry.registerFromCatalogue({ body: { models: ['deepseek-v3', 'deepseek-r1-distill-llama-70b'] } });
  await admin.cost.createBudget({ body: { project: project.id, name: 'support', kind: 'hard', period: 'month', limitUsd: '1' } });

  await admin.inference.createWebhook({ query: { project: project.id }, body: { url: `${origin}/nobody-listens-here`, events: ['job.succeeded', 'batch.completed'], description: 'the pager of support' } });
  const jobs = await Promise.all(['What is 17 plus 25?', 'What is 6 times 7?', 'Which is larger, 512 or 498?'].map((content) => retryUnknownModel(() => editor.inference.createJob({ body: { model: 'abacus@base', input: { messages: [{ role: 'user', content }] } } }))));
  await editor.evaluation.createSuite({ body: { name: 'sums', dataset: { samples: sums }, scorers: [{ kind: 'exact_match' }] } });
  const [nano, base] = await Promise.all(['nano', 'base'].map((version) => editor.evaluation.createRun({ params: { name: 'sums' }, body: { model: `abacus@${version}` } })));
  if (nano === undefined || base === undefined) throw new Error('two runs were asked for');
  const finished = async (id: typeof base.id) => ['succeeded', 'failed', 'cancelled'].includes((await editor.evaluation.getRun({ params: { id } })).status);
  await until('the runs', async () => (await finished(nano.id)) && (await finished(base.id)));
  const [first] = jobs;
  if (first === undefined) throw new Error('jobs were asked for');
  await until('a job', async () => (await editor.inference.getJob({ params: { id: first.id } })).status === 'succeeded');
  await until('its spend', async () => (await editor.cost.getUsage()).total.events >= jobs.length + 2 * sums.length);
  await editor.registry.promote({ params: { name: 'abacus' }, body: { version: 'base', alias: 'production', gate: { useCase: useCase.id, suite: 'sums', minSamples: 10, minAccuracy: 0.5 } } });
  await admin.registry.putPolicy({
    params: { name: 'only-eu-for-personal-data' },
    body: { text: euPolicy, description: 'Personal data stays in the European Union', expectedRevision: 0 },
  });
  await admin.registry.protectAlias({ params: { name: 'abacus', alias: 'production' }, body: { protected: true } });
  await editor.registry.setAlias({ params: { name: 'abacus', alias: 'production' }, body: { version: 'nano', reason: 'The small one is enough at night' } });

  return {
    editorKey,
    viewerOfNothingKey,
    projectName: project.name,
    deepseekVersion: '2024-12-26',
    distillVersion: await newestOf(editor, 'deepseek-r1-distill-llama-70b'),
    runs: [nano.id, base.id],
    finishedJob: first.id,
  };
}

async function newestOf({ registry }: ReturnType<typeof clientsOf>, name: string): Promise<string> {
  const { latestVersion } = await registry.getModel({ params: { name } });
  if (latestVersion === null) throw new Error(`${name} has no version`);
  return latestVersion;
}

/** A deployment is known everywhere within 5 seconds of being made. */
async function retryUnknownModel<T>(call: () => Promise<T>): Promise<T> {
  let answer: T | undefined;
  await until('the gateway to know the deployment', async () => {
    try {
      answer = await call();
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && ['model.not_found', 'model.no_deployment', 'auth.invalid_key', 'price.unknown'].includes(String(error.code))) return false;
      throw error;
    }
  });
  return answer as T;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}
