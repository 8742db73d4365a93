import type { EvaluationStore, StoredSuite } from '@weighbridge/evaluation-data';
import { SuiteDefinition, scorerName, sliceOf } from '@weighbridge/evaluation-domain';
import { validationError } from '@weighbridge/shared-adapters/http';
import { newId } from '@weighbridge/shared-adapters/ids';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { AppError, canonicalJson } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { RegistryFacts } from '../registry-facts.ts';
import { storageFaults } from './storage-faults.ts';

export interface StoreSuiteDeps {
  readonly store: Pick<EvaluationStore, 'suites'>;
  readonly facts: Pick<RegistryFacts, 'hasProject'>;
  readonly now: () => Date;
}

/** Checks a suite as a whole and stores it: the same content is the same revision, other content the next. */
export async function storeSuite({ store, facts, now }: StoreSuiteDeps, projectId: ProjectId, posted: unknown): Promise<StoredSuite> {
  if (!(await facts.hasProject(projectId))) throw new AppError('resource.not_found', `no project ${projectId}`);
  const parsed = SuiteDefinition.safeParse(posted);
  if (!parsed.success) throw validationError('body', parsed.error);
  const definition = parsed.data;
  const faults = storageFaults(definition);
  if (faults.length > 0) throw new AppError('request.invalid', 'a suite that cannot be stored', { faults, detail: `Not valid: ${faults[0]?.pointer.slice(1).replaceAll('/', '.')}: ${faults[0]?.message}.` });

  const slices = new Set(definition.dataset.samples.map((sample) => sliceOf(definition, sample)).filter((slice) => slice !== null));
  return store.suites.storeSuite({
    id: newId('suite'),
    projectId,
    definition,
    digest: sha256Hex(canonicalJson(definition)),
    scorers: definition.scorers.map(({ kind }) => scorerName(kind)),
    slices: [...slices].sort(),
    createdAt: now(),
  });
}
