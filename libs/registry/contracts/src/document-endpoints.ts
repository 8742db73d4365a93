import { defineEndpoints } from '@weighbridge/shared-contracts';
import { AliasName, Instant, ModelName, ProjectId, UseCaseId, VersionName } from '@weighbridge/shared-domain';
import { z } from 'zod';

/** `cyclonedx`: an ML-BOM of CycloneDX 1.7. `spdx3`: an SBOM of SPDX 3.0.1 with the AI profile, as JSON-LD. */
export const BomFormat = z.enum(['cyclonedx', 'spdx3']);
export type BomFormat = z.infer<typeof BomFormat>;

/** Media type of each format. */
export const bomMediaTypes = { cyclonedx: 'application/vnd.cyclonedx+json; version=1.7', spdx3: 'application/spdx+json; version=3.0.1' } as const satisfies Record<BomFormat, string>;

const versionParams = z.object({ name: ModelName, version: VersionName });
const aliasParams = z.object({ name: ModelName, alias: AliasName });
const projectParams = z.object({ id: ProjectId });

/** Without a use case: everything that any use could ask for. With one: only what that use triggers. */
const noticeQuery = z.object({ useCase: UseCaseId.optional() });

/** `at` is the instant that the document says it was made at; absent, it says none, and the same content is the same document byte for byte. */
const bomQuery = z.object({ format: BomFormat.default('cyclonedx'), at: Instant.optional() });

const noticeReply = { role: 'viewer', query: noticeQuery, response: z.string(), reply: 'raw' } as const;
const bomReply = { role: 'viewer', query: bomQuery, response: z.looseObject({}), reply: 'raw' } as const;

/** What goes along with a model. Notices are plain text in UTF-8; bills of materials are JSON of the media type of their format, checked against its schema. */
export const documentEndpoints = defineEndpoints({
  getVersionNotice: { method: 'get', path: '/v1/models/{name}/versions/{version}/notice', summary: 'The attribution text that the obligations of a version and its lineage demand', params: versionParams, ...noticeReply },
  getAliasNotice: { method: 'get', path: '/v1/models/{name}/aliases/{alias}/notice', summary: 'The attribution text of the version that an alias points at', params: aliasParams, ...noticeReply },
  getProjectNotice: { method: 'get', path: '/v1/projects/{id}/notice', summary: 'The attribution text of everything that a project runs', params: projectParams, ...noticeReply },
  getVersionBom: { method: 'get', path: '/v1/models/{name}/versions/{version}/bom', summary: 'Bill of materials of a version and its lineage', params: versionParams, ...bomReply },
  getAliasBom: { method: 'get', path: '/v1/models/{name}/aliases/{alias}/bom', summary: 'Bill of materials of the version that an alias points at', params: aliasParams, ...bomReply },
  getProjectBom: { method: 'get', path: '/v1/projects/{id}/bom', summary: 'Bill of materials of everything that a project runs, deployments included', params: projectParams, ...bomReply },
});
