import { setTimeout as delay } from 'node:timers/promises';
import { registryChannels, registryEndpoints } from '@weighbridge/registry-contracts';
import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import type { KeyRecord } from '@weighbridge/shared-adapters/auth';
import { typedChannel } from '@weighbridge/shared-adapters/live';
import type { LiveChannel } from '@weighbridge/shared-adapters/live';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import { keepFresh } from '@weighbridge/shared-adapters/remote-facts';
import { createClient } from '@weighbridge/shared-contracts';

/** What the cost service needs to know of the registry: who calls, and what belongs to whom. */
export interface RegistryFacts {
  /** By the SHA-256 of the token. */
  readonly findKey: (digest: string) => Promise<KeyRecord | undefined>;
  readonly hasProject: (projectId: string) => Promise<boolean>;
  readonly ownsKey: (projectId: string, keyId: string) => Promise<boolean>;
  readonly ownsUseCase: (projectId: string, useCaseId: string) => Promise<boolean>;
  /** Throws `service.unavailable` while the registry has never been reached. */
  readonly check: () => void;
  readonly close: () => void;
}

export interface RegistryFactsOptions {
  readonly registryUrl: string;
  readonly serviceToken: string;
  readonly live: LiveChannel;
  readonly logger: Logger;
}

/** What is not found may be newer than the snapshot, so it is fetched again: at most so often, for all strangers that knock meanwhile together. */
const refreshPauseMs = 250;

interface IndexedSnapshot {
  readonly keysByDigest: ReadonlyMap<string, RegistrySnapshot['keys'][number]>;
  readonly projects: ReadonlySet<string>;
  /** `<project>/<key or use case>` */
  readonly owned: ReadonlySet<string>;
}

export async function keepRegistryFacts({ registryUrl, serviceToken, live, logger }: RegistryFactsOptions): Promise<RegistryFacts> {
  const registry = createClient(registryEndpoints, { baseUrl: registryUrl, token: serviceToken, fetch, timeoutMs: 5_000 });
  const facts = await keepFresh({
    name: 'registry',
    load: async () => indexSnapshot(await registry.getSnapshot()),
    subscribe: (onMessage) => typedChannel(live, registryChannels.changed).subscribe(onMessage),
    logger,
  });
  let refreshedAt = Number.NEGATIVE_INFINITY;
  let refreshing: Promise<void> | undefined;
  const refresh = async () => {
    await delay(Math.max(0, refreshedAt + refreshPauseMs - performance.now()));
    refreshedAt = performance.now();
    refreshing = undefined;
    await facts.refresh();
  };
  const lookUp = async <T>(find: (snapshot: IndexedSnapshot) => T | undefined): Promise<T | undefined> => {
    const found = find(facts.current());
    if (found !== undefined) return found;
    await (refreshing ??= refresh());
    return find(facts.current());
  };
  const has = async (find: (snapshot: IndexedSnapshot) => boolean) => (await lookUp((snapshot) => find(snapshot) || undefined)) === true;
  return {
    findKey: (digest) => lookUp(({ keysByDigest }) => keysByDigest.get(digest)),
    hasProject: (projectId) => has(({ projects }) => projects.has(projectId)),
    ownsKey: (projectId, keyId) => has(({ owned }) => owned.has(`${projectId}/${keyId}`)),
    ownsUseCase: (projectId, useCaseId) => has(({ owned }) => owned.has(`${projectId}/${useCaseId}`)),
    check: () => void facts.current(),
    close: facts.close,
  };
}

const indexSnapshot = ({ keys, projects, useCases }: RegistrySnapshot): IndexedSnapshot => ({
  keysByDigest: new Map(keys.map((key) => [key.digest, key])),
  projects: new Set(projects.map(({ id }) => id)),
  owned: new Set([...keys, ...useCases].flatMap(({ id, projectId }) => (projectId === null ? [] : `${projectId}/${id}`))),
});
