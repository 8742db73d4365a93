import { notice, noticeText } from '@weighbridge/registry-domain';
import type { NoticeVersion } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { UseCaseId } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';
import { noticeVersionOf } from './gather-parts.ts';
import { findSubject, findUse } from './subject.ts';
import type { DocumentSubject } from './subject.ts';

export async function writeNotice(deps: Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>, { caller, subject: asked, useCase }: { readonly caller: Caller; readonly subject: DocumentSubject; readonly useCase: UseCaseId | undefined }): Promise<string> {
  const use = await findUse(deps, caller, useCase);
  const { subject, parts } = await findSubject(deps, caller, asked);
  const find = (ref: string): NoticeVersion | undefined => noticeVersionOf(parts, ref);
  const roots = parts.roots.flatMap((ref) => find(ref) ?? []);
  const made = notice({ roots, find, licenses: parts.licenses, ...(use === undefined ? {} : { useCases: [use.facts] }) });
  return noticeText(made, { subject: subject.kind === 'version' ? subject.ref : subject.name, useCase: use?.name });
}
