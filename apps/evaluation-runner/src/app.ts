import { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { evaluationQueues } from '@weighbridge/evaluation-contracts';
import type { EvaluationStore } from '@weighbridge/evaluation-data';
import { createAuthenticator } from '@weighbridge/shared-adapters/auth';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { Producer } from '@weighbridge/shared-adapters/queue';
import type { RequestListener } from 'node:http';
import type { GatewayClient } from './gateway-client.ts';
import { readYamlBody } from './read-yaml-body.ts';
import type { RegistryFacts } from './registry-facts.ts';
import { cancelRunRoute } from './routes/cancel-run.ts';
import { compareRunsRoute } from './routes/compare-runs.ts';
import { createRunRoute } from './routes/create-run.ts';
import { createSuiteRoute } from './routes/create-suite.ts';
import { getEvidenceRoute } from './routes/get-evidence.ts';
import { getLeaderboardRoute } from './routes/get-leaderboard.ts';
import { getRunRoute } from './routes/get-run.ts';
import { getSuiteRoute } from './routes/get-suite.ts';
import { listResultsRoute } from './routes/list-results.ts';
import { listRunsRoute } from './routes/list-runs.ts';
import { listSuitesRoute } from './routes/list-suites.ts';

export interface AppDeps {
  readonly store: EvaluationStore;
  readonly facts: RegistryFacts;
  readonly gateway: GatewayClient;
  readonly producer: Pick<Producer<typeof evaluationQueues>, 'add'>;
  readonly serviceToken: string;
  readonly logger: Logger;
  readonly now: () => Date;
  readonly readiness: Readonly<Record<string, () => unknown>>;
  readonly stopping: () => boolean;
}

/** The service's HTTP side. It never listens. */
export const createApp = (deps: AppDeps): RequestListener =>
  createHttpApp({
    service: 'evaluation-runner',
    version: '0.1.0',
    description: 'Evaluation suites, runs, scores with their intervals, paired comparisons, and the evidence for promotion gates',
    publicPath: '/api/evaluation',
    endpoints: evaluationEndpoints,
    bodyReaders: { 'application/yaml': readYamlBody },
    authenticate: createAuthenticator({ serviceToken: deps.serviceToken, findKey: (digest) => deps.facts.findKey(digest), now: deps.now }),
    logger: deps.logger,
    readiness: deps.readiness,
    stopping: deps.stopping,
    handlers: {
      createSuite: createSuiteRoute(deps),
      listSuites: listSuitesRoute(deps),
      getSuite: getSuiteRoute(deps),
      createRun: createRunRoute(deps),
      listRuns: listRunsRoute(deps),
      getRun: getRunRoute(deps),
      cancelRun: cancelRunRoute(deps),
      listResults: listResultsRoute(deps),
      compareRuns: compareRunsRoute(deps),
      getLeaderboard: getLeaderboardRoute(deps),
      getEvidence: getEvidenceRoute(deps),
    },
  });
