import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import type { KeyRecord } from '@weighbridge/shared-adapters/auth';
import type { RemoteFacts } from '@weighbridge/shared-adapters/remote-facts';
import type { ProjectId, UseCaseId } from '@weighbridge/shared-domain';

/** What this service asks of the registry, answered from the snapshot. */
export interface RegistryFacts {
  /** By the SHA-256 of the token, hex. */
  findKey(digest: string): Promise<KeyRecord | undefined>;
  hasProject(id: ProjectId): Promise<boolean>;
  hasUseCase(projectId: ProjectId, id: UseCaseId): Promise<boolean>;
}

/** What was made a moment ago may not be in the snapshot yet, so a miss asks the registry; at most this often, whoever guesses. */
const missPauseMs = 500;

export function createRegistryFacts(facts: RemoteFacts<RegistrySnapshot>, now: () => number = Date.now): RegistryFacts {
  let keysOf: RegistrySnapshot | undefined;
  let keys = new Map<string, KeyRecord>();
  let askedAt = -missPauseMs;

  const keyIn = (snapshot: RegistrySnapshot, digest: string) => {
    if (keysOf !== snapshot) {
      keys = new Map(snapshot.keys.map((key) => [key.digest, key]));
      keysOf = snapshot;
    }
    return keys.get(digest);
  };
  const lookUp = async <T>(find: (snapshot: RegistrySnapshot) => T | undefined): Promise<T | undefined> => {
    const known = find(facts.current());
    if (known !== undefined || now() - askedAt < missPauseMs) return known;
    askedAt = now();
    await facts.refresh();
    return find(facts.current());
  };

  return {
    findKey: (digest) => lookUp((snapshot) => keyIn(snapshot, digest)),
    hasProject: async (id) => (await lookUp(({ projects }) => projects.find((project) => project.id === id))) !== undefined,
    hasUseCase: async (projectId, id) => (await lookUp(({ useCases }) => useCases.find((useCase) => useCase.id === id && useCase.projectId === projectId))) !== undefined,
  };
}
