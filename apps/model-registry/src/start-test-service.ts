import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { ComparisonReport, Run } from '@weighbridge/evaluation-contracts';
import { registryEndpoints } from '@weighbridge/registry-contracts';
import { Hub } from '@weighbridge/registry-adapters/hub';
import type { ArchiveLimits } from '@weighbridge/registry-adapters/importers';
import { openRegistry } from '@weighbridge/registry-data';
import type { Registry } from '@weighbridge/registry-data';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { createAuthenticator } from '@weighbridge/shared-adapters/auth';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { createSecretBox, newKeyToken, serviceToken } from '@weighbridge/shared-adapters/secrets';
import type { SecretBox } from '@weighbridge/shared-adapters/secrets';
import { listen } from '@weighbridge/shared-adapters/service';
import { createClient } from '@weighbridge/shared-contracts';
import type { Client } from '@weighbridge/shared-contracts';
import { createPool } from '@weighbridge/shared-data';
import { AppError } from '@weighbridge/shared-domain';
import type { ProjectId, Role, UseCaseId } from '@weighbridge/shared-domain';
import { createApp } from './app.ts';
import { createDecider } from './decider.ts';
import { createUserCounter } from './end-user-ledger.ts';
import type { RegistryDeps } from './deps.ts';
import { createDownloader } from './downloader.ts';
import type { DownloaderOptions } from './downloader.ts';
import { createLicenseShelf } from './license-shelf.ts';
import { createPolicyDesk } from './policy-desk.ts';
import { createTermsDesk } from './terms-desk.ts';
import { installAdminKey } from './operations/install-admin-key.ts';

export type RegistryClient = Client<typeof registryEndpoints>;

export interface TestProject {
  readonly id: ProjectId;
  readonly useCaseId: UseCaseId;
  readonly tokens: Readonly<Record<Role, string>>;
  readonly as: Readonly<Record<Role, RegistryClient>>;
}

/** What stands for the evaluation runner: answers what a test tells it to, to whoever has the service token. */
export interface EvaluationStub {
  /** Newest run by `name@version`. */
  readonly runs: Map<string, Run>;
  comparison: ComparisonReport | 'incomparable' | null;
  /** Refuses everything as a service that is starting does. */
  down: boolean;
  readonly asked: string[];
}

export interface TestService extends AsyncDisposable {
  readonly url: string;
  readonly adminToken: string;
  /** By which the services of an installation know each other. */
  readonly serviceToken: string;
  readonly admin: RegistryClient;
  readonly services: RegistryClient;
  readonly client: (token: string) => RegistryClient;
  readonly evaluation: EvaluationStub;
  readonly registry: Registry;
  readonly secrets: SecretBox;
  readonly deps: RegistryDeps;
  /** Revisions that were announced, in order. */
  readonly announced: number[];
  /** Moves the service's clock; it goes on from there. */
  readonly advance: (ms: number) => void;
  readonly addProject: (name: string, facts?: Partial<UseCaseFacts>) => Promise<TestProject>;
}

export interface TestServiceOptions {
  readonly databaseUrl: string;
  readonly importDir?: string | null;
  readonly allowPrivateAddresses?: boolean;
  readonly downloadDir?: string | null;
  /** Nobody listens where it is absent. */
  readonly hubUrl?: string;
  readonly archiveLimits?: Partial<ArchiveLimits>;
  readonly downloader?: Partial<Pick<DownloaderOptions, 'leaseMs' | 'progressMs' | 'pollMs' | 'mostTries'>>;
}

const secretKey = 'a secret key for tests, forty characters';

export const supportFacts: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'service', trainOnOutputs: false };

/** The real app on a real database, on a free port. For tests only: nothing else may import this. */
export async function startTestService({ databaseUrl, importDir = null, allowPrivateAddresses = false, downloadDir = null, hubUrl = 'http://127.0.0.1:9', archiveLimits = {}, downloader = {} }: TestServiceOptions): Promise<TestService> {
  const token = serviceToken(secretKey);
  const evaluation: EvaluationStub = { runs: new Map(), comparison: null, down: false, asked: [] };
  const runner = await listen(evaluationApp(evaluation, token), { port: 0 });
  const pool = createPool({ connectionString: databaseUrl, schema: 'registry', applicationName: 'model-registry.test' });
  const registry = openRegistry(pool);
  const announced: number[] = [];
  let ahead = 0;
  const now = () => new Date(Date.now() + ahead);
  const secrets = createSecretBox(secretKey);
  const licenses = createLicenseShelf(registry);
  const policies = createPolicyDesk(registry);
  const counted = createUserCounter({ registry, now });
  const terms = createTermsDesk({ registry, licenses, counted });
  const hub = { baseUrl: hubUrl, token: 'hf_test', policy: { allowPrivate: allowPrivateAddresses }, attempts: 3, firstDelayMs: 1, idleTimeoutMs: 5_000 };
  const downloads = createDownloader({ registry, openHub: () => new Hub(hub), downloadDir, logger: silentLogger(), now, pollMs: 50, progressMs: 20, ...downloader });
  const deps: RegistryDeps = {
    registry,
    announce: (revision) => void announced.push(revision),
    licenses,
    decider: createDecider({ registry, licenses, policies, counted, now }),
    policies,
    counted,
    terms,
    evaluation: createClient(evaluationEndpoints, { baseUrl: runner.url, token, fetch, timeoutMs: 5_000 }),
    secrets,
    importDir,
    downloadDir,
    hub,
    downloads,
    archiveLimits,
    allowPrivateAddresses,
    now,
  };
  const adminToken = newKeyToken().token;
  await installAdminKey(deps, adminToken);
  const listening = await listen(createApp(deps, { serviceToken: token, version: 'test', logger: silentLogger(), readiness: {}, stopping: () => false }), { port: 0 });
  const client = (bearer: string) => createClient(registryEndpoints, { baseUrl: listening.url, token: bearer, fetch });
  const admin = client(adminToken);

  const addProject = async (name: string, facts: Partial<UseCaseFacts> = {}): Promise<TestProject> => {
    const { id } = await admin.createProject({ body: { name } });
    const { id: useCaseId } = await admin.createUseCase({ body: { project: id, name: 'support', facts: { ...supportFacts, ...facts } } });
    const made = async (role: Role) => (await admin.createKey({ params: { id }, body: { name: role, role } })).token;
    const tokens = { viewer: await made('viewer'), runner: await made('runner'), editor: await made('editor'), admin: await made('admin') };
    return { id, useCaseId, tokens, as: { viewer: client(tokens.viewer), runner: client(tokens.runner), editor: client(tokens.editor), admin: client(tokens.admin) } };
  };

  return {
    url: listening.url,
    adminToken,
    serviceToken: token,
    admin,
    services: client(token),
    client,
    evaluation,
    registry,
    secrets,
    deps,
    announced,
    advance: (ms) => void (ahead += ms),
    addProject,
    [Symbol.asyncDispose]: async () => {
      await listening.close(0);
      await downloads.close();
      await runner.close(0);
      await terms.close();
      await registry.close();
      await pool.end();
    },
  };
}

const { getEvidence, compareRuns } = evaluationEndpoints;

const evaluationApp = (stub: EvaluationStub, token: string) =>
  createHttpApp({
    service: 'evaluation-runner.stub',
    version: 'test',
    description: '',
    publicPath: '/',
    endpoints: { getEvidence, compareRuns },
    handlers: {
      getEvidence: ({ query }) => {
        if (stub.down) throw new AppError('service.unavailable', 'down');
        stub.asked.push(`${query.projectId} ${query.suite} ${query.model}@${query.version}`);
        return { run: stub.runs.get(`${query.model}@${query.version}`) ?? null };
      },
      compareRuns: ({ body }) => {
        if (stub.down) throw new AppError('service.unavailable', 'down');
        stub.asked.push(`${body.baseline} ${body.candidate} ${body.margin ?? ''}`);
        if (stub.comparison === null || stub.comparison === 'incomparable') throw new AppError('resource.conflict', 'incomparable');
        return stub.comparison;
      },
    },
    authenticate: createAuthenticator({ serviceToken: token, findKey: () => undefined }),
    logger: silentLogger(),
    readiness: {},
    stopping: () => false,
  });
