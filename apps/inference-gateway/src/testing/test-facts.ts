import type { AdmissionFacts } from '@weighbridge/cost-contracts';
import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import { newId } from '@weighbridge/shared-adapters/ids';
import { newKeyToken } from '@weighbridge/shared-adapters/secrets';

type Snapshot = RegistrySnapshot;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A registry and a price book for tests: two projects that know nothing of each other, and models of every kind of licence. */
export interface TestFacts {
  readonly snapshot: Mutable<Snapshot>;
  readonly costs: Mutable<AdmissionFacts>;
  readonly search: TestProject;
  readonly rival: TestProject;
  /** Of the platform: belongs to no project. */
  readonly platformToken: string;
}

export interface TestProject {
  readonly id: Snapshot['projects'][number]['id'];
  readonly useCaseId: Snapshot['useCases'][number]['id'];
  /** Bound to the use case. */
  readonly runner: TestKey;
  readonly viewer: TestKey;
  readonly admin: TestKey;
  /** Bound to none. */
  readonly unbound: TestKey;
}

export interface TestKey {
  readonly id: Snapshot['keys'][number]['id'];
  readonly token: string;
}

const created = '2026-01-01T00:00:00.000Z';

export const commercialService: Snapshot['useCases'][number]['facts'] = {
  purposes: ['customer-support'],
  commercial: true,
  monthlyActiveUsers: 20_000,
  annualRevenueUsd: 8_000_000,
  regions: ['EU'],
  distribution: 'service',
  trainOnOutputs: false,
};

/** `abacus` may be used, `scholar` only without commerce, `mystery` has a licence that nobody has read; `idle` has no active deployment. */
export function createTestFacts(): TestFacts {
  const keys: Snapshot['keys'] = [];
  const key = (projectId: TestProject['id'] | null, role: 'runner' | 'viewer' | 'admin', useCaseId: TestProject['useCaseId'] | null): TestKey => {
    const { token, digest } = newKeyToken();
    const id = newId('key');
    keys.push({ id, digest, projectId, useCaseId, role, requestsPerMinute: null, expiresAt: null });
    return { id, token };
  };
  const project = (): TestProject => {
    const [id, useCaseId] = [newId('project'), newId('useCase')];
    return { id, useCaseId, runner: key(id, 'runner', useCaseId), viewer: key(id, 'viewer', useCaseId), admin: key(id, 'admin', null), unbound: key(id, 'runner', null) };
  };
  const [search, rival] = [project(), project()];
  const version = (ref: string, license: string | null) => ({ id: newId('version'), ref, publisher: 'Example Lab', publisherVerified: true, license, releasedOn: '2025-06-01', baseModels: [] });
  const model = (name: string, aliases: Record<string, string> = {}) => ({ name, publisher: 'Example Lab', createdAt: created, defaultVersion: '1', aliases });
  const deployment = (of: string, more: Partial<Snapshot['deployments'][number]> = {}): Snapshot['deployments'][number] => ({
    id: newId('deployment'),
    model: of,
    version: '1',
    pool: 'default',
    weight: 1,
    concurrency: 8,
    contextLength: null,
    defaultMaxOutputTokens: 100,
    hostedIn: null,
    status: 'active',
    block: null,
    backend: { kind: 'openai', baseUrl: 'http://127.0.0.1:9/v1', upstreamModel: of, apiKeySealed: null },
    ...more,
  });
  const block = { reason: 'artifact_mismatch' as const, artifact: 'blocked.gguf', registeredSha256: 'a'.repeat(64), foundSha256: 'b'.repeat(64), at: created };
  const price = (of: string) => ({
    id: newId('price'),
    model: of,
    version: null,
    deploymentId: null,
    price: { inputUsdPerMillion: '1', outputUsdPerMillion: '10' },
    effectiveFrom: created,
    source: 'test',
    createdAt: created,
  });
  const platform = key(null, 'admin', null);
  return {
    search,
    rival,
    platformToken: platform.token,
    snapshot: {
      revision: 1,
      projects: [search, rival].map(({ id }, index) => ({ id, name: index === 0 ? 'search' : 'rival', unknownPricePolicy: 'deny' as const })),
      keys,
      useCases: [search, rival].map(({ id, useCaseId }) => ({ id: useCaseId, projectId: id, name: 'support', facts: commercialService })),
      models: [model('abacus', { production: '1', next: '2' }), model('scholar'), model('mystery'), model('idle'), model('blocked'), model('unpriced')],
      versions: [version('abacus@1', 'Apache-2.0'), version('abacus@2', 'Apache-2.0'), version('scholar@1', 'CC-BY-NC-4.0'), version('mystery@1', null), version('idle@1', 'Apache-2.0'), version('blocked@1', 'Apache-2.0'), version('unpriced@1', 'Apache-2.0')],
      deployments: [deployment('abacus'), deployment('abacus', { version: '2' }), deployment('scholar'), deployment('mystery'), deployment('idle', { status: 'paused' }), deployment('blocked', { status: 'blocked', block }), deployment('unpriced')],
      approvals: [], licenses: [], countedUsers: [],
    },
    costs: { revision: 1, prices: ['abacus', 'scholar', 'mystery', 'idle'].map(price), budgets: [] },
  };
}
