import type { Clients } from '../tour/clients.ts';
import { until } from '../tour/progress.ts';

/** A project with a hard budget, a licensed and priced model at the stub, and a key: everything that a real request passes. */
export async function prepareStubModel({ registry, cost, openai }: Clients, stubUrl: string): Promise<{ readonly key: string }> {
  const project = await registry.createProject({ body: { name: 'bench' } });
  const useCase = await registry.createUseCase({
    body: {
      project: project.id,
      name: 'support answers',
      facts: { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'service', trainOnOutputs: false },
    },
  });
  await registry.createModel({ body: { name: 'stub', publisher: 'bench' } });
  await registry.registerVersion({ params: { name: 'stub' }, body: { version: '1', license: 'MIT' } });
  await registry.createDeployment({ params: { name: 'stub' }, body: { version: '1', concurrency: 64, defaultMaxOutputTokens: 64, backend: { kind: 'openai', baseUrl: stubUrl, upstreamModel: 'stub-model' } } });
  await cost.createPrices({ body: { entries: [{ model: 'stub', price: { inputUsdPerMillion: '1', outputUsdPerMillion: '2' }, source: 'bench' }] } });
  await cost.createBudget({ body: { project: project.id, name: 'bench', kind: 'hard', period: 'month', limitUsd: '100000' } });
  const { token } = await registry.createKey({ params: { id: project.id }, body: { name: 'bench', role: 'runner', useCaseId: useCase.id } });
  await until('the first answer', 15_000, () =>
    openai.chat.completions.create({ model: 'stub', messages: [{ role: 'user', content: 'ready?' }] }, { headers: { authorization: `Bearer ${token}` } }).then(
      () => true as const,
      () => undefined,
    ),
  );
  return { key: token };
}
