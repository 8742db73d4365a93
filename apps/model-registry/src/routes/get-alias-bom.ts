import { bomMediaTypes } from '@weighbridge/registry-contracts';
import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { sendDocument } from '../documents/send-document.ts';
import { bomFileName, writeBom } from '../documents/write-bom.ts';

export const getAliasBomRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>): RawHandler<typeof registryEndpoints.getAliasBom> =>
  async ({ params, query, caller, res }) => {
    const text = await writeBom(deps, { caller, subject: { kind: 'alias', model: params.name, alias: params.alias }, format: query.format, at: query.at });
    sendDocument({ res }, { contentType: bomMediaTypes[query.format], fileName: bomFileName(`${params.name}-${params.alias}`, query.format), text });
  };
