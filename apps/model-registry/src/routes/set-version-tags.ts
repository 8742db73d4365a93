import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { ChangeDeps } from '../change-registry.ts';
import { tagVersion } from '../operations/tag-version.ts';

export const setVersionTagsRoute =
  (deps: ChangeDeps): Handler<typeof registryEndpoints.setVersionTags> =>
  ({ params, body, caller }) =>
    tagVersion(deps, { caller, model: params.name, version: params.version, tags: body.tags });
