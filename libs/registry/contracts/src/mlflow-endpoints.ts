import { defineEndpoints } from '@weighbridge/shared-contracts';
import { z } from 'zod';
import {
  MlflowAliasRequest,
  MlflowModelVersion,
  MlflowNamed,
  MlflowNewAlias,
  MlflowNewModel,
  MlflowNewVersion,
  MlflowRegisteredModel,
  MlflowSearch,
  MlflowTagKey,
  MlflowTagged,
  MlflowVersionKey,
} from './mlflow.ts';

const path = <P extends string>(of: P): `/api/2.0/mlflow/${P}` => `/api/2.0/mlflow/${of}`;
const nothing = z.object({});
const oneModel = z.object({ registered_model: MlflowRegisteredModel });
const oneVersion = z.object({ model_version: MlflowModelVersion });
const versions = z.object({ model_versions: z.array(MlflowModelVersion) });
const latest = { role: 'viewer', path: path('registered-models/get-latest-versions'), response: versions } as const;

/** The model registry calls of an MLflow client, mapped onto models, versions, aliases and tags: docs/mlflow.md says how, and what is not. Errors have MLflow's shape. */
export const mlflowEndpoints = defineEndpoints({
  mlflowCreateModel: { method: 'post', path: path('registered-models/create'), role: 'editor', summary: 'MLflow: registers a model', body: MlflowNewModel, response: oneModel },
  mlflowGetModel: { method: 'get', path: path('registered-models/get'), role: 'viewer', summary: 'MLflow: a model', query: MlflowNamed, response: oneModel },
  mlflowSearchModels: { method: 'get', path: path('registered-models/search'), role: 'viewer', summary: 'MLflow: searches models', query: MlflowSearch, response: z.object({ registered_models: z.array(MlflowRegisteredModel), next_page_token: z.string().optional() }) },
  mlflowUpdateModel: { method: 'patch', path: path('registered-models/update'), role: 'editor', summary: 'MLflow: describes a model', body: MlflowNamed.extend({ description: z.string().max(4_000).optional() }), response: oneModel },
  mlflowRenameModel: { method: 'post', path: path('registered-models/rename'), role: 'editor', summary: 'MLflow: refused, since names are in lineages and decisions', body: MlflowNamed.extend({ new_name: z.string().optional() }), response: oneModel },
  mlflowDeleteModel: { method: 'delete', path: path('registered-models/delete'), role: 'editor', summary: 'MLflow: refused, since what was registered stays', body: MlflowNamed, response: nothing },
  mlflowLatestVersions: { method: 'post', summary: 'MLflow: the newest version of each stage', body: MlflowNamed.extend({ stages: z.array(z.string()).max(10).optional() }), ...latest },
  mlflowLatestVersionsByGet: { method: 'get', summary: 'MLflow: the newest version of each stage', query: MlflowNamed.extend({ stages: z.union([z.string(), z.array(z.string()).max(10)]).optional() }), ...latest },
  mlflowSetModelTag: { method: 'post', path: path('registered-models/set-tag'), role: 'editor', summary: 'MLflow: tags a model', body: MlflowNamed.extend(MlflowTagged.shape), response: nothing },
  mlflowDeleteModelTag: { method: 'delete', path: path('registered-models/delete-tag'), role: 'editor', summary: 'MLflow: takes a tag off a model', body: MlflowNamed.extend({ key: MlflowTagKey }), response: nothing },
  mlflowSetAlias: { method: 'post', path: path('registered-models/alias'), role: 'editor', summary: 'MLflow: points an alias at a version', body: MlflowNewAlias, response: nothing },
  mlflowDeleteAlias: { method: 'delete', path: path('registered-models/alias'), role: 'editor', summary: 'MLflow: removes an alias', body: MlflowAliasRequest, response: nothing },
  mlflowGetByAlias: { method: 'get', path: path('registered-models/alias'), role: 'viewer', summary: 'MLflow: the version that an alias points at', query: MlflowAliasRequest, response: oneVersion },

  mlflowCreateVersion: { method: 'post', path: path('model-versions/create'), role: 'editor', summary: 'MLflow: registers a version', body: MlflowNewVersion, response: oneVersion },
  mlflowGetVersion: { method: 'get', path: path('model-versions/get'), role: 'viewer', summary: 'MLflow: a version', query: MlflowVersionKey, response: oneVersion },
  mlflowSearchVersions: { method: 'get', path: path('model-versions/search'), role: 'viewer', summary: 'MLflow: searches versions', query: MlflowSearch, response: versions.extend({ next_page_token: z.string().optional() }) },
  mlflowUpdateVersion: { method: 'patch', path: path('model-versions/update'), role: 'editor', summary: 'MLflow: describes a version', body: MlflowVersionKey.extend({ description: z.string().max(4_000).optional() }), response: oneVersion },
  mlflowTransitionStage: { method: 'post', path: path('model-versions/transition-stage'), role: 'editor', summary: 'MLflow: stages are the aliases staging and production', body: MlflowVersionKey.extend({ stage: z.string().min(1), archive_existing_versions: z.boolean().optional() }), response: oneVersion },
  mlflowDeleteVersion: { method: 'delete', path: path('model-versions/delete'), role: 'editor', summary: 'MLflow: refused, since what was registered stays', body: MlflowVersionKey, response: nothing },
  mlflowGetDownloadUri: { method: 'get', path: path('model-versions/get-download-uri'), role: 'viewer', summary: 'MLflow: where the artifacts of a version are', query: MlflowVersionKey, response: z.object({ artifact_uri: z.string() }) },
  mlflowSetVersionTag: { method: 'post', path: path('model-versions/set-tag'), role: 'editor', summary: 'MLflow: tags a version', body: MlflowVersionKey.extend(MlflowTagged.shape), response: nothing },
  mlflowDeleteVersionTag: { method: 'delete', path: path('model-versions/delete-tag'), role: 'editor', summary: 'MLflow: takes a tag off a version', body: MlflowVersionKey.extend({ key: MlflowTagKey }), response: nothing },
});
