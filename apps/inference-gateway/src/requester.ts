import type { EndpointRequest } from '@weighbridge/shared-adapters/http';
import { projectOf } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { Endpoint } from '@weighbridge/shared-contracts';
import { AppError, ProjectId } from '@weighbridge/shared-domain';
import type { Requester } from './operations/admit.ts';

/** A key of the platform names its project in a header; OpenAI's clients have one of their own for it. */
const projectHeaders = ['x-weighbridge-project', 'openai-project'] as const;

export function requesterOf(caller: Caller, header: EndpointRequest<Endpoint>['header']): Requester {
  const named = projectHeaders.map(header).find((value) => value !== undefined && value !== '');
  const parsed = named === undefined ? undefined : ProjectId.safeParse(named);
  if (parsed?.success === false) throw new AppError('resource.not_found', `no project ${named}`, { detail: `There is no project "${named}" that this key may use.` });
  return { projectId: projectOf(caller, parsed?.data), keyId: caller.keyId, useCaseId: caller.useCaseId };
}

/** The use case that a request names, by id or name; absent: the key's. */
export const namedUseCaseOf = (header: EndpointRequest<Endpoint>['header']): string | undefined => header('x-weighbridge-use-case')?.trim() || undefined;
