import type { SuiteSummary } from '@weighbridge/evaluation-contracts';
import type { StoredSuite } from '@weighbridge/evaluation-data';

export const toSuiteSummary = (suite: StoredSuite): SuiteSummary => ({
  id: suite.id,
  projectId: suite.projectId,
  name: suite.name,
  revision: suite.revision,
  description: suite.settings.description ?? null,
  samples: suite.samples,
  slices: [...suite.slices],
  scorers: [...suite.scorers],
  digest: suite.digest,
  createdAt: suite.createdAt.toISOString(),
});
