import type { ServerResponse } from 'node:http';
import type { StoredReply } from '@weighbridge/inference-data';
import { asAppError } from '@weighbridge/shared-adapters/http';
import type { BudgetHolds } from '@weighbridge/shared-adapters/budget-holds';
import type { AppError, JobId } from '@weighbridge/shared-domain';
import { costOf } from '../doors/door.ts';
import type { DoneCall, Door, DoorStream } from '../doors/door.ts';
import { openEventStream } from '../sse.ts';
import type { Admission, Admit, AdmissionRequest } from './admit.ts';
import { answerHeaders } from './answer-chat.ts';
import { callModel } from './call-model.ts';
import type { CallModelDeps } from './call-model.ts';
import type { RunReply } from './run-once.ts';

export type AdmitDoorDeps = { readonly admit: Admit; readonly holds: Pick<BudgetHolds, 'release'> };

/** Admits every call of a door, or none: what was held for the ones before a refusal is released. */
export async function admitDoor(deps: AdmitDoorDeps, { requests }: Door, jobIdOf: (call: number) => JobId, common: Omit<AdmissionRequest, 'jobId' | 'request'>): Promise<Admission[]> {
  const admissions: Admission[] = [];
  try {
    for (const [call, request] of requests.entries()) admissions.push(await deps.admit({ ...common, jobId: jobIdOf(call), request }));
    return admissions;
  } catch (error) {
    await Promise.all(admissions.map(({ ticket }) => deps.holds.release(ticket.jobId)));
    throw error;
  }
}

export interface DoorCalls {
  readonly door: Door;
  /** One for each request of the door. */
  readonly admissions: readonly Admission[];
  readonly signal: AbortSignal | undefined;
}

/** Makes all calls at once. When one fails the others are given up. */
async function callAll(deps: CallModelDeps, { door, admissions, signal }: DoorCalls, stream?: DoorStream): Promise<DoneCall[]> {
  const failed = new AbortController();
  // A single call has no other to give up, and may have to go on without its client.
  const until = admissions.length === 1 ? signal : AbortSignal.any([failed.signal, ...(signal === undefined ? [] : [signal])]);
  const calls = admissions.map(async (admission, call) => {
    const request = door.requests[call] ?? door.requests[0];
    const done = await callModel(deps, { admission, request, signal: until, ...(stream === undefined ? {} : { onDelta: (delta) => stream.delta(call, delta) }) });
    return { ticket: admission.ticket, done };
  });
  try {
    return await Promise.all(calls);
  } catch (error) {
    failed.abort();
    throw error;
  }
}

const headersOf = ([first]: readonly Admission[]): Readonly<Record<string, string>> => (first === undefined ? {} : answerHeaders(first.ticket));

/** Waits for all answers and gives them whole. */
export async function answerDoor(deps: CallModelDeps, calls: DoorCalls): Promise<StoredReply> {
  const done = await callAll(deps, calls);
  return {
    status: 200,
    headers: { 'content-type': 'application/json', ...headersOf(calls.admissions), 'x-weighbridge-cost-usd': costOf(done) },
    body: Buffer.from(JSON.stringify(calls.door.answer(done))),
  };
}

export interface StreamedDoorCalls extends DoorCalls {
  readonly stream: NonNullable<Door['stream']>;
  readonly res: ServerResponse;
  /** Whether the stream is kept to be given again. */
  readonly record: boolean;
  /** Told of an error that the client was told inside the stream. */
  readonly onError: (error: AppError) => void;
}

/** Writes the answers as they come. An error before the first event is thrown; a later one the door tells inside the stream. */
export async function streamDoor(deps: CallModelDeps, { stream: open, res, record, onError, ...calls }: StreamedDoorCalls): Promise<RunReply> {
  const headers = headersOf(calls.admissions);
  const events = openEventStream(res, { headers, record });
  const stream = open(
    calls.admissions.map(({ ticket }) => ticket),
    (data, event) => events.send(data, event),
  );
  const reply = (remember: boolean): RunReply => ({ status: 200, headers, body: events.recorded(), ...(remember ? {} : { remember: false }) });
  try {
    stream.finish(await callAll(deps, calls, stream));
    events.end();
    return reply(true);
  } catch (thrown) {
    const error = asAppError(thrown);
    if (!events.started()) {
      events.discard();
      throw error;
    }
    onError(error);
    if (!res.destroyed) {
      try {
        stream.fail(error);
        events.end();
      } catch {
        // It does not read: there is nobody to tell.
        res.destroy();
      }
    }
    return reply(false);
  }
}
