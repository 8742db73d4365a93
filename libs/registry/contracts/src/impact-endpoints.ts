import { defineEndpoints } from '@weighbridge/shared-contracts';
import { DecisionMatrix, ImpactReport, ImpactRequest, MatrixRequest } from './impact.ts';

export const impactEndpoints = defineEndpoints({
  assessImpact: {
    method: 'post',
    path: '/v1/decisions/impact',
    role: 'viewer',
    summary: 'Every version, alias, deployment and use case that a change of a licence or version touches, or would touch',
    body: ImpactRequest,
    response: ImpactReport,
  },
  decideMatrix: { method: 'post', path: '/v1/decisions/matrix', role: 'viewer', summary: 'Decisions on many versions for many use cases at once', body: MatrixRequest, response: DecisionMatrix },
});
