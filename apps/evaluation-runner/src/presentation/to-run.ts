import type { Run } from '@weighbridge/evaluation-contracts';
import type { StoredRun } from '@weighbridge/evaluation-data';

export const toRun = (run: StoredRun): Run => ({
  id: run.id,
  projectId: run.projectId,
  suite: run.suite,
  suiteRevision: run.suiteRevision,
  suiteDigest: run.suiteDigest,
  model: run.model,
  version: run.version,
  useCaseId: run.useCaseId,
  keyId: run.keyId,
  status: run.status,
  planned: run.planned,
  finished: run.finished,
  summary: run.summary,
  error: run.error,
  createdAt: run.createdAt.toISOString(),
  startedAt: run.startedAt?.toISOString() ?? null,
  finishedAt: run.finishedAt?.toISOString() ?? null,
});
