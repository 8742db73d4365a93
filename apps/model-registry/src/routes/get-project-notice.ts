import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { RawHandler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';
import { sendDocument } from '../documents/send-document.ts';
import { writeNotice } from '../documents/write-notice.ts';

export const getProjectNoticeRoute =
  (deps: Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>): RawHandler<typeof registryEndpoints.getProjectNotice> =>
  async ({ params, query, caller, res }) => {
    const text = await writeNotice(deps, { caller, subject: { kind: 'project', id: params.id }, useCase: query.useCase });
    sendDocument({ res }, { contentType: 'text/plain; charset=utf-8', fileName: 'NOTICE.txt', text });
  };
