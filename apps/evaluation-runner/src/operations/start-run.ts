import type { evaluationQueues } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore, StoredRun } from '@weighbridge/evaluation-data';
import { createRunAccumulator } from '@weighbridge/evaluation-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { Producer } from '@weighbridge/shared-adapters/queue';
import { AppError } from '@weighbridge/shared-domain';
import type { KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { RegistryFacts } from '../registry-facts.ts';

export interface StartRunDeps {
  readonly store: Pick<EvaluationStore, 'suites' | 'runs'>;
  readonly facts: Pick<RegistryFacts, 'hasUseCase'>;
  readonly producer: Pick<Producer<typeof evaluationQueues>, 'add'>;
  readonly logger: Logger;
  readonly now: () => Date;
}

export interface StartRunInput {
  readonly projectId: ProjectId;
  readonly keyId: KeyId | null;
  /** Named by the request, or the key's own. */
  readonly useCaseId: UseCaseId | null;
  readonly suite: string;
  /** `name@version` */
  readonly model: string;
  readonly limit: number | undefined;
}

/** Stores a run over the newest revision of a suite, and wakes a consumer. Once it is stored it will be driven, whatever happens to the message. */
export async function startRun({ store, facts, producer, logger, now }: StartRunDeps, input: StartRunInput): Promise<StoredRun> {
  const suite = await store.suites.findSuite(input.projectId, input.suite);
  if (suite === null) throw new AppError('resource.not_found', `no suite ${input.suite} in ${input.projectId}`);
  if (input.useCaseId === null) {
    throw new AppError('request.invalid', 'a run without a use case', {
      faults: [{ pointer: '/body/useCaseId', message: 'name the use case that this is for: this key has none of its own' }],
      detail: 'An evaluation is a use too: name a useCaseId, since this key has none of its own.',
    });
  }
  if (!(await facts.hasUseCase(input.projectId, input.useCaseId))) {
    throw new AppError('resource.not_found', `no use case ${input.useCaseId} in ${input.projectId}`, { detail: `There is no use case ${input.useCaseId} in this project.` });
  }
  const [model = '', version = ''] = input.model.split('@');
  const run = await store.runs.createRun({
    id: newId('run'),
    projectId: input.projectId,
    suiteId: suite.id,
    model,
    version,
    useCaseId: input.useCaseId,
    keyId: input.keyId,
    planned: Math.min(input.limit ?? suite.samples, suite.samples),
    summary: createRunAccumulator().finish(),
    createdAt: now(),
  });
  try {
    await producer.add('evaluation', { v: 1, runId: run.id }, { id: run.id, deduplicationId: run.id });
  } catch (error) {
    logger.warn({ event: 'run_not_queued', runId: run.id, err: error }, 'the look for untouched runs will find it');
  }
  return run;
}
