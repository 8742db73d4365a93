import { bomMediaTypes } from '@weighbridge/registry-contracts';
import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { sendDocument } from '../documents/send-document.ts';
import { bomFileName, writeBom } from '../documents/write-bom.ts';

export const getProjectBomRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>): RawHandler<typeof registryEndpoints.getProjectBom> =>
  async ({ params, query, caller, res }) => {
    const text = await writeBom(deps, { caller, subject: { kind: 'project', id: params.id }, format: query.format, at: query.at });
    sendDocument({ res }, { contentType: bomMediaTypes[query.format], fileName: bomFileName(params.id, query.format), text });
  };
