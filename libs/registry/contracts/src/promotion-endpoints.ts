import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { AliasName, ModelName, ProjectId } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { NewPromotion, Promotion } from './decision.ts';
import { AliasChange, AliasMove, AliasRollback, AliasState, NewAliasProtection, NewAliasTarget, NewRollback } from './alias.ts';
import { ChangeRequest } from './change-request.ts';

const modelParams = z.object({ name: ModelName });
const aliasParams = z.object({ name: ModelName, alias: AliasName });
const projectQuery = { project: ProjectId.optional() };

export const promotionEndpoints = defineEndpoints({
  setAlias: {
    method: 'put',
    path: '/v1/models/{name}/aliases/{alias}',
    role: 'editor',
    summary: 'Points an alias at a version, and requests follow within 5 seconds; a protected one asks for a second person first',
    params: aliasParams,
    body: NewAliasTarget,
    response: AliasChange,
  },
  getAlias: { method: 'get', path: '/v1/models/{name}/aliases/{alias}', role: 'viewer', summary: 'What an alias points at, and whether it is protected', params: aliasParams, response: AliasState },
  removeAlias: { method: 'delete', path: '/v1/models/{name}/aliases/{alias}', role: 'editor', summary: 'Takes an alias away; its history stays. A protected one asks for a second person first', params: aliasParams, response: AliasChange },
  listAliasMoves: { method: 'get', path: '/v1/models/{name}/aliases/{alias}/history', role: 'viewer', summary: 'Every move of an alias, newest first', params: aliasParams, query: z.object(pageQuery), response: pageOf(AliasMove) },
  rollbackAlias: {
    method: 'post',
    path: '/v1/models/{name}/aliases/{alias}/rollback',
    role: 'editor',
    summary: 'Takes back the move that brought an alias where it is; again: the one before that. No gate. A protected alias: administrators at once, editors with a second person',
    params: aliasParams,
    body: NewRollback,
    response: AliasRollback,
  },
  protectAlias: {
    method: 'put',
    path: '/v1/models/{name}/aliases/{alias}/protection',
    role: 'admin',
    summary: 'Says whether moves of an alias need other keys’ approval (platform administrators only)',
    params: aliasParams,
    body: NewAliasProtection,
    response: AliasState,
  },
  promote: {
    method: 'post',
    path: '/v1/models/{name}/promotions',
    role: 'editor',
    summary: 'Moves an alias if the gate passes, a protected one after a second person; 409 with the evidence of each condition otherwise',
    params: modelParams,
    body: NewPromotion,
    /** `changeRequest` set: the gate passed and nothing has moved yet. */
    response: Promotion.extend({ changeRequest: ChangeRequest.nullable() }),
    status: 201,
  },
  listPromotions: { method: 'get', path: '/v1/models/{name}/promotions', role: 'viewer', summary: 'Promotions tried by the key’s project, passed or not', params: modelParams, query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(Promotion) },
});
