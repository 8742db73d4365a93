import { License, LicenseId, LicenseSummary } from '@weighbridge/registry-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { AliasName, DeploymentId, KeyId, ModelName, ProjectId, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { AuditEntry, AuditVerification } from './audit.ts';
import { Approval, DatedDecision, DecisionRequest, LicenseMatch, NewApproval, NewPromotion, Promotion } from './decision.ts';
import { Deployment, DeploymentStatus, NewDeployment } from './deployment.ts';
import { Alias, Card, ImportDraft, LineageGraph, Model, ModelSummary, NewModel, NewVersion, Version } from './model.ts';
import { CreatedKey, Key, Me, NewKey, NewProject, NewUseCase, Project, UseCase } from './project.ts';
import { RegistrySnapshot } from './snapshot.ts';

const modelParams = z.object({ name: ModelName });
const versionParams = z.object({ name: ModelName, version: VersionName });
const projectQuery = { project: ProjectId.optional() };

/** A path inside the import folder of the installation, or several of one model. */
const ImportPath = z.string().min(1).max(500);
export const ImportRequest = z.strictObject({ kind: z.enum(['gguf', 'huggingface']), path: ImportPath });

export const CatalogueEntrySummary = z.object({ model: ModelName, publisher: z.string(), description: z.string().nullable(), versions: z.array(VersionName), registered: z.boolean() });

export const registryEndpoints = defineEndpoints({
  getMe: { method: 'get', path: '/v1/me', role: 'viewer', summary: 'The key that asks: its role and project', response: Me },

  createProject: { method: 'post', path: '/v1/projects', role: 'admin', summary: 'Creates a project (platform administrators only)', body: NewProject, response: Project, status: 201 },
  listProjects: { method: 'get', path: '/v1/projects', role: 'viewer', summary: 'The projects that the key may see', query: z.object(pageQuery), response: pageOf(Project) },
  createKey: { method: 'post', path: '/v1/projects/{id}/keys', role: 'admin', summary: 'Makes a key for a project; it is shown this once', params: z.object({ id: ProjectId }), body: NewKey, response: CreatedKey, status: 201 },
  listKeys: { method: 'get', path: '/v1/projects/{id}/keys', role: 'admin', summary: 'The keys of a project, without the keys themselves', params: z.object({ id: ProjectId }), query: z.object(pageQuery), response: pageOf(Key) },
  revokeKey: { method: 'delete', path: '/v1/keys/{id}', role: 'admin', summary: 'Revokes a key; it is refused everywhere within 5 seconds', params: z.object({ id: KeyId }), response: z.undefined(), status: 204 },

  createUseCase: { method: 'post', path: '/v1/use-cases', role: 'editor', summary: 'Declares a use case', body: NewUseCase, response: UseCase, status: 201 },
  listUseCases: { method: 'get', path: '/v1/use-cases', role: 'viewer', summary: 'The use cases of a project', query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(UseCase) },
  getUseCase: { method: 'get', path: '/v1/use-cases/{id}', role: 'viewer', summary: 'A use case', params: z.object({ id: UseCaseId }), response: UseCase },
  listUseCaseVocabulary: {
    method: 'get',
    path: '/v1/use-case-vocabulary',
    role: 'viewer',
    summary: 'The words that purposes can be declared with',
    response: z.object({ restricted: z.array(z.string()), neutral: z.array(z.string()) }),
  },

  createModel: { method: 'post', path: '/v1/models', role: 'editor', summary: 'Registers a model (the family, not yet a version)', body: NewModel, response: Model, status: 201 },
  listModels: {
    method: 'get',
    path: '/v1/models',
    role: 'viewer',
    summary: 'Models by name, publisher or licence',
    query: z.object({ ...pageQuery, query: z.string().max(200).optional(), license: LicenseId.optional() }),
    response: pageOf(ModelSummary),
  },
  getModel: { method: 'get', path: '/v1/models/{name}', role: 'viewer', summary: 'A model with its versions and aliases', params: modelParams, response: Model },
  registerVersion: { method: 'post', path: '/v1/models/{name}/versions', role: 'editor', summary: 'Registers an immutable version', params: modelParams, body: NewVersion, response: Version, status: 201, maxBodyBytes: 4_194_304 },
  getVersion: { method: 'get', path: '/v1/models/{name}/versions/{version}', role: 'viewer', summary: 'A version', params: versionParams, response: Version },
  getLineage: { method: 'get', path: '/v1/models/{name}/versions/{version}/lineage', role: 'viewer', summary: 'What a version was made from', params: versionParams, response: LineageGraph },
  getCard: { method: 'get', path: '/v1/models/{name}/versions/{version}/card', role: 'viewer', summary: 'Facts computed from the architecture: parameters, memory, KV cache, FLOPs', params: versionParams, response: Card },
  importModel: { method: 'post', path: '/v1/imports', role: 'editor', summary: 'Reads a model as it is published and answers with a draft version', body: ImportRequest, response: ImportDraft },
  listCatalogue: { method: 'get', path: '/v1/reference-catalogue', role: 'viewer', summary: 'The models that ship with their papers', response: z.object({ data: z.array(CatalogueEntrySummary) }) },
  registerFromCatalogue: {
    method: 'post',
    path: '/v1/reference-catalogue/registrations',
    role: 'editor',
    summary: 'Registers models of the reference catalogue, with everything they were made from',
    body: z.strictObject({ models: z.array(ModelName).min(1).max(100) }),
    response: z.object({ registered: z.array(z.string()), existing: z.array(z.string()) }),
    status: 201,
  },

  listLicenses: { method: 'get', path: '/v1/licenses', role: 'viewer', summary: 'The licence catalogue', response: z.object({ data: z.array(LicenseSummary) }) },
  getLicense: { method: 'get', path: '/v1/licenses/{id}', role: 'viewer', summary: 'A licence, to the clause', params: z.object({ id: LicenseId }), response: License },
  detectLicense: {
    method: 'post',
    path: '/v1/licenses/detect',
    role: 'viewer',
    summary: 'Recognises a licence by its text',
    body: z.strictObject({ text: z.string().min(1).max(1_000_000) }),
    response: z.object({ matches: z.array(LicenseMatch) }),
    maxBodyBytes: 4_194_304,
  },

  decide: { method: 'post', path: '/v1/decisions', role: 'viewer', summary: 'May this version be used for that?', body: DecisionRequest, response: DatedDecision },
  createApproval: { method: 'post', path: '/v1/approvals', role: 'admin', summary: 'Approves a use whose decision is review, with a reason and an end', body: NewApproval, response: Approval, status: 201 },
  listApprovals: { method: 'get', path: '/v1/approvals', role: 'viewer', summary: 'Approvals of a project', query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(Approval) },

  createDeployment: { method: 'post', path: '/v1/models/{name}/deployments', role: 'editor', summary: 'Makes a version runnable, for all projects (at a model server: platform administrators only)', params: modelParams, body: NewDeployment, response: Deployment, status: 201 },
  listDeployments: { method: 'get', path: '/v1/models/{name}/deployments', role: 'viewer', summary: 'The deployments of a model', params: modelParams, query: z.object(pageQuery), response: pageOf(Deployment) },
  setDeploymentStatus: {
    method: 'put',
    path: '/v1/deployments/{id}/status',
    role: 'editor',
    summary: 'Pauses a deployment or takes it up again',
    params: z.object({ id: DeploymentId }),
    body: z.strictObject({ status: DeploymentStatus }),
    response: Deployment,
  },

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

  listAudit: { method: 'get', path: '/v1/audit', role: 'admin', summary: 'The audit log, newest first', query: z.object({ ...pageQuery, ...projectQuery }), response: pageOf(AuditEntry) },
  verifyAudit: { method: 'get', path: '/v1/audit/verification', role: 'admin', summary: 'Recomputes the hash chain of the audit log (platform administrators only)', response: AuditVerification },

  getSnapshot: { method: 'get', path: '/v1/snapshot', role: 'service', summary: 'Everything that admission needs, for the services', response: RegistrySnapshot },
});
