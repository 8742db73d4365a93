import { Me } from '@weighbridge/registry-contracts';
import { ApiError, Problem } from '@weighbridge/shared-contracts';
import { z } from 'zod';
import { browserFetch } from './clients.ts';

export type Me = z.infer<typeof Me>;

const Session = z.object({ me: Me.nullable() });

/** Null: nobody is signed in. */
export const readSession = async (signal?: AbortSignal): Promise<Me | null> => Session.parse(await ask('GET', undefined, signal)).me;

export const signIn = async (key: string): Promise<Me> => Me.parse(await ask('POST', { key }));

export const signOut = async (): Promise<void> => void (await ask('DELETE'));

async function ask(method: string, body?: unknown, signal?: AbortSignal): Promise<unknown> {
  const response = await browserFetch('/session', {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (response.status === 204) return undefined;
  const answer: unknown = await response.json();
  if (!response.ok) throw new ApiError(Problem.parse(answer));
  return answer;
}
