import { defineEndpoints, pageOf, pageQuery } from '@weighbridge/shared-contracts';
import { ModelName, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';
import { VersionSummary } from './model.ts';
import { FoundVersions, UsagePlaces, VersionTags, versionQuery } from './search.ts';
import { Tags } from './tags.ts';

const versionParams = z.object({ name: ModelName, version: VersionName });

export const searchEndpoints = defineEndpoints({
  searchVersions: { method: 'get', path: '/v1/versions', role: 'viewer', summary: 'Versions by name, publisher, what their licences allow, size and tag', query: z.object({ ...pageQuery, ...versionQuery }), response: FoundVersions },
  listModelVersions: {
    method: 'get',
    path: '/v1/models/{name}/versions',
    role: 'viewer',
    summary: 'Versions of a model, the one registered last first',
    params: z.object({ name: ModelName }),
    query: z.object(pageQuery),
    response: pageOf(VersionSummary),
  },
  setVersionTags: { method: 'put', path: '/v1/models/{name}/versions/{version}/tags', role: 'editor', summary: 'Sets the tags of a version; those that are not named are taken off', params: versionParams, body: z.strictObject({ tags: Tags }), response: VersionTags },
  getUsagePlaces: { method: 'get', path: '/v1/models/{name}/versions/{version}/usage-places', role: 'viewer', summary: 'Where a version is at work: aliases, deployments, and use cases with their approvals', params: versionParams, response: UsagePlaces },
});
