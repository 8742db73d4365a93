import { registryEndpoints } from '@weighbridge/registry-contracts';
import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import { createAuthenticator } from '@weighbridge/shared-adapters/auth';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { silentLogger } from '@weighbridge/shared-adapters/logging';
import { newKeyToken } from '@weighbridge/shared-adapters/secrets';
import { listen } from '@weighbridge/shared-adapters/service';
import type { KeyId, ProjectId, Role, UseCaseId } from '@weighbridge/shared-domain';

export interface TestProject {
  readonly id: ProjectId;
  readonly useCaseId: UseCaseId;
}

export interface NewTestKey {
  /** Null: a key of the platform. */
  readonly project: TestProject | null;
  readonly role: Role;
  /** Whether the key has the project's use case; true where absent. */
  readonly forUseCase?: boolean;
  readonly expiresAt?: string;
}

/** The registry's snapshot over HTTP, with as many projects and keys as a test makes. */
export interface StubRegistry extends AsyncDisposable {
  readonly url: string;
  addProject(name: string): TestProject;
  /** Answers the token. */
  addKey(key: NewTestKey): string;
  revokeKeys(): void;
  close(): Promise<void>;
}

export async function startStubRegistry(serviceToken: string): Promise<StubRegistry> {
  const projects: RegistrySnapshot['projects'] = [];
  const useCases: RegistrySnapshot['useCases'] = [];
  let keys: RegistrySnapshot['keys'] = [];
  const app = createHttpApp({
    service: 'stub-registry',
    version: '0',
    description: 'The snapshot of the registry',
    publicPath: '',
    endpoints: { getSnapshot: registryEndpoints.getSnapshot },
    authenticate: createAuthenticator({ serviceToken, findKey: () => undefined }),
    logger: silentLogger(),
    readiness: {},
    stopping: () => false,
    handlers: { getSnapshot: () => ({ revision: projects.length + keys.length, projects, keys, useCases, models: [], versions: [], deployments: [], approvals: [], licenses: [], countedUsers: [] }) },
  });
  const listening = await listen(app, { port: 0 });
  const close = () => listening.close(0);
  return {
    url: listening.url,
    addProject: (name) => {
      const project = { id: newId('project'), useCaseId: newId('useCase') };
      projects.push({ id: project.id, name, unknownPricePolicy: 'deny' });
      useCases.push({ id: project.useCaseId, projectId: project.id, name: `${name} evaluation`, facts: { purposes: ['evaluation'], commercial: true, monthlyActiveUsers: null, annualRevenueUsd: null, regions: [], distribution: 'internal', trainOnOutputs: false } });
      return project;
    },
    addKey: ({ project, role, forUseCase = true, expiresAt }) => {
      const { token, digest } = newKeyToken();
      const id: KeyId = newId('key');
      keys.push({ id, digest, projectId: project?.id ?? null, useCaseId: project !== null && forUseCase ? project.useCaseId : null, role, requestsPerMinute: null, expiresAt: expiresAt ?? null });
      return token;
    },
    revokeKeys: () => void (keys = []),
    close,
    [Symbol.asyncDispose]: close,
  };
}
