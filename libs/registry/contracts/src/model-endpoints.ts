import { LicenseId, ModelCard, ReferenceModel, ReferencePrice, ReferenceVersion } from '@weighbridge/registry-domain';
import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { ModelName, ProjectId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { LineageGraph, LineageQuery } from './lineage.ts';
import { Card, Model, ModelSummary, NewModel, NewVersion, Version } from './model.ts';
import { AllowedFor, licenseQuery } from './search.ts';

const modelParams = z.object({ name: ModelName });
const versionParams = z.object({ name: ModelName, version: VersionName });

export const CatalogueEntrySummary = z.object({ model: ModelName, publisher: z.string(), description: z.string().nullable(), versions: z.array(VersionName), registered: z.boolean() });

/** Everything that the catalogue knows of a model: each version with its computed card, training, prices by date and published scores, all with their sources. */
export const CatalogueEntry = ReferenceModel.extend({
  versions: z.array(ReferenceVersion.extend({ card: ModelCard, registered: z.boolean() })),
  /** All prices of the API names that served a version, also from when a name went on to serve others. */
  priceHistory: z.array(ReferencePrice),
}).meta({ id: 'CatalogueEntry', description: 'A model of the reference catalogue with its facts and their sources' });
export type CatalogueEntry = z.infer<typeof CatalogueEntry>;

export const modelEndpoints = defineEndpoints({
  createModel: { method: 'post', path: '/v1/models', role: 'editor', summary: 'Registers a model (the family, not yet a version)', body: NewModel, response: Model, status: 201 },
  listModels: {
    method: 'get',
    path: '/v1/models',
    role: 'viewer',
    summary: 'Models by name, publisher, licence, what it allows, or tag: those with a version that all of it holds for',
    query: z.object({ ...pageQuery, query: z.string().max(200).optional(), license: LicenseId.optional(), purpose: AllowedFor.optional(), ...licenseQuery }),
    response: pageOf(ModelSummary),
  },
  getModel: { method: 'get', path: '/v1/models/{name}', role: 'viewer', summary: 'A model with its newest versions and its aliases', params: modelParams, response: Model },
  transferModel: { method: 'put', path: '/v1/models/{name}/owner', role: 'admin', summary: 'Gives a model to another project, or to the organisation (platform administrators only)', params: modelParams, body: z.strictObject({ owner: ProjectId.nullable() }), response: Model },
  registerVersion: { method: 'post', path: '/v1/models/{name}/versions', role: 'editor', summary: 'Registers an immutable version', params: modelParams, body: NewVersion, response: Version, status: 201, maxBodyBytes: 4_194_304 },
  getVersion: { method: 'get', path: '/v1/models/{name}/versions/{version}', role: 'viewer', summary: 'A version', params: versionParams, response: Version },
  verifyPublisher: {
    method: 'post',
    path: '/v1/models/{name}/versions/{version}/publisher-verification',
    role: 'admin',
    summary: 'Vouches that a version was published by who its model says, so that licences of that publisher need not bind it (platform administrators only)',
    params: versionParams,
    body: z.strictObject({ reason: z.string().trim().min(10).max(2_000) }),
    response: Version,
  },
  getLineage: { method: 'get', path: '/v1/models/{name}/versions/{version}/lineage', role: 'viewer', summary: 'What a version was made from, and what was made from it; each edge says what it brings in', params: versionParams, query: LineageQuery, response: LineageGraph },
  getCard: { method: 'get', path: '/v1/models/{name}/versions/{version}/card', role: 'viewer', summary: 'Facts computed from the architecture: parameters, memory, KV cache, FLOPs', params: versionParams, response: Card },
  listCatalogue: { method: 'get', path: '/v1/reference-catalogue', role: 'viewer', summary: 'The models that ship with their papers', response: z.object({ data: z.array(CatalogueEntrySummary) }) },
  getCatalogueEntry: { method: 'get', path: '/v1/reference-catalogue/{model}', role: 'viewer', summary: 'What the catalogue knows of a model: shape, training cost, licence by version, prices by date, published scores, with sources', params: z.object({ model: ModelName }), response: CatalogueEntry },
  registerFromCatalogue: {
    method: 'post',
    path: '/v1/reference-catalogue/registrations',
    role: 'editor',
    summary: 'Registers models of the reference catalogue, with everything they were made from',
    body: z.strictObject({ models: z.array(ModelName).min(1).max(100) }),
    response: z.object({ registered: z.array(z.string()), existing: z.array(z.string()) }),
    status: 201,
  },
});
