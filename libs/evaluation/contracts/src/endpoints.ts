import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { ModelName, ProjectId, RunId, SuiteName, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { ComparisonReport, ComparisonRequest, Evidence, NewRun, NewSuite, Run, RunStatus, SampleOutcome, SampleResult, Suite, SuiteSummary } from './run.ts';

const projectQuery = { project: ProjectId.optional() };
const runParams = z.object({ id: RunId });

export const evaluationEndpoints = defineEndpoints({
  createSuite: {
    method: 'post',
    path: '/v1/suites',
    role: 'editor',
    summary: 'Stores a suite, as JSON or (content-type application/yaml) YAML; other content under the same name is a new revision',
    body: NewSuite,
    bodyFormats: ['application/yaml'],
    response: SuiteSummary,
    status: 201,
    maxBodyBytes: 16_777_216,
  },
  listSuites: { method: 'get', path: '/v1/suites', role: 'viewer', summary: 'The suites of a project, newest revision of each', query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(SuiteSummary) },
  getSuite: { method: 'get', path: '/v1/suites/{name}', role: 'viewer', summary: 'The newest revision of a suite', params: z.object({ name: SuiteName }), query: z.object(projectQuery), response: Suite },
  createRun: { method: 'post', path: '/v1/suites/{name}/runs', role: 'runner', summary: 'Runs a suite against a version', params: z.object({ name: SuiteName }), body: NewRun, response: Run, status: 202 },
  listRuns: {
    method: 'get',
    path: '/v1/runs',
    role: 'viewer',
    summary: 'Runs, newest first',
    query: z.object({ ...pageQuery, ...projectQuery, suite: SuiteName.optional(), model: ModelName.optional(), version: VersionName.optional(), status: RunStatus.optional() }),
    response: pageOf(Run),
  },
  getRun: { method: 'get', path: '/v1/runs/{id}', role: 'viewer', summary: 'A run with its scores so far', params: runParams, response: Run },
  cancelRun: { method: 'delete', path: '/v1/runs/{id}', role: 'runner', summary: 'Cancels a run; what is finished is kept', params: runParams, response: Run },
  listResults: {
    method: 'get',
    path: '/v1/runs/{id}/results',
    role: 'viewer',
    summary: 'Sample by sample',
    params: runParams,
    query: z.object({ ...pageQuery, outcome: SampleOutcome.optional(), slice: z.string().max(100).optional() }),
    response: pageOf(SampleResult),
  },
  compareRuns: { method: 'post', path: '/v1/comparisons', role: 'viewer', summary: 'Two runs of one suite, paired sample by sample', body: ComparisonRequest, response: ComparisonReport },
  getLeaderboard: {
    method: 'get',
    path: '/v1/leaderboard',
    role: 'viewer',
    summary: 'The newest finished whole run of each version on a suite, best first',
    query: z.object({ ...projectQuery, suite: SuiteName }),
    response: z.object({ suite: SuiteName, data: z.array(Run).max(200) }),
  },
  getEvidence: {
    method: 'get',
    path: '/v1/evidence',
    role: 'service',
    summary: 'The newest finished run of a version on a suite, for a promotion gate',
    query: z.object({ projectId: ProjectId, suite: SuiteName, model: ModelName, version: VersionName }),
    response: Evidence,
  },
});
