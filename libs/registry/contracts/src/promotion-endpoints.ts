import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { AliasName, ModelName, ProjectId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { NewPromotion, Promotion } from './decision.ts';
import { Alias } from './model.ts';

const modelParams = z.object({ name: ModelName });
const projectQuery = { project: ProjectId.optional() };

export const promotionEndpoints = defineEndpoints({
  setAlias: {
    method: 'put',
    path: '/v1/models/{name}/aliases/{alias}',
    role: 'editor',
    summary: 'Points an alias at a version; requests follow within 5 seconds',
    params: z.object({ name: ModelName, alias: AliasName }),
    body: z.strictObject({ version: VersionName }),
    response: Alias,
  },
  promote: {
    method: 'post',
    path: '/v1/models/{name}/promotions',
    role: 'editor',
    summary: 'Moves an alias if the gate passes; 409 with the evidence of each condition otherwise',
    params: modelParams,
    body: NewPromotion,
    response: Promotion,
    status: 201,
  },
  listPromotions: { method: 'get', path: '/v1/models/{name}/promotions', role: 'viewer', summary: 'Promotions tried by the key’s project, passed or not', params: modelParams, query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(Promotion) },
});
