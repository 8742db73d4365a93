import type { mlflowEndpoints } from '@weighbridge/registry-contracts';
import type { Handlers } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { getByAlias, pointAlias, removeAlias, transitionStage } from './aliases.ts';
import { createModel, getModel, latestVersions, searchModels, updateModel } from './models.ts';
import { keptForGood, requireModelRecord, requireNumbered } from './refusals.ts';
import { changeModelTag, changeVersionTag } from './tags.ts';
import { createVersion, getDownloadUri, getVersion, searchVersions, updateVersion } from './versions.ts';

/** One line per call of MLflow's registry API. */
export function mlflowHandlers(deps: RegistryDeps): Handlers<typeof mlflowEndpoints> {
  return {
    mlflowCreateModel: async ({ body, caller }) => ({ registered_model: await createModel(deps, { ...body, caller }) }),
    mlflowGetModel: async ({ query }) => ({ registered_model: await getModel(deps, query.name) }),
    mlflowSearchModels: ({ query }) => searchModels(deps, query),
    mlflowUpdateModel: async ({ body, caller }) => ({ registered_model: await updateModel(deps, { ...body, caller }) }),
    mlflowRenameModel: async ({ body }) => {
      await requireModelRecord(deps.registry, body.name);
      throw keptForGood('To rename a registered model', 'Register a model under the new name, and its versions with this one as their base model.');
    },
    mlflowDeleteModel: async ({ body }) => {
      await requireModelRecord(deps.registry, body.name);
      throw keptForGood('To delete a registered model', 'Take its aliases away and pause its deployments: nothing runs it then.');
    },
    mlflowLatestVersions: async ({ body }) => ({ model_versions: await latestVersions(deps, body) }),
    mlflowLatestVersionsByGet: async ({ query }) => ({ model_versions: await latestVersions(deps, { name: query.name, stages: query.stages === undefined ? [] : [query.stages].flat() }) }),
    mlflowSetModelTag: async ({ body, caller }) => {
      await changeModelTag(deps, { ...body, caller });
      return {};
    },
    mlflowDeleteModelTag: async ({ body, caller }) => {
      await changeModelTag(deps, { ...body, caller, value: null });
      return {};
    },
    mlflowSetAlias: async ({ body, caller }) => {
      await pointAlias(deps, { ...body, caller });
      return {};
    },
    mlflowDeleteAlias: async ({ body, caller }) => {
      await removeAlias(deps, { ...body, caller });
      return {};
    },
    mlflowGetByAlias: async ({ query }) => ({ model_version: await getByAlias(deps, query) }),
    mlflowCreateVersion: async ({ body, caller }) => ({ model_version: await createVersion(deps, { ...body, caller }) }),
    mlflowGetVersion: async ({ query }) => ({ model_version: await getVersion(deps, query) }),
    mlflowSearchVersions: ({ query }) => searchVersions(deps, query),
    mlflowUpdateVersion: async ({ body, caller }) => ({ model_version: await updateVersion(deps, { ...body, caller }) }),
    mlflowTransitionStage: async ({ body, caller }) => ({ model_version: await transitionStage(deps, { ...body, caller }) }),
    mlflowDeleteVersion: async ({ body }) => {
      await requireNumbered(deps.registry, body.name, body.version);
      throw keptForGood('To delete a model version', 'Take its aliases away and pause its deployments: nothing runs it then.');
    },
    mlflowGetDownloadUri: async ({ query }) => ({ artifact_uri: await getDownloadUri(deps, query) }),
    mlflowSetVersionTag: async ({ body, caller }) => {
      await changeVersionTag(deps, { ...body, caller });
      return {};
    },
    mlflowDeleteVersionTag: async ({ body, caller }) => {
      await changeVersionTag(deps, { ...body, caller, value: null });
      return {};
    },
  };
}
