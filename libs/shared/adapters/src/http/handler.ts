import type { Request, Response } from 'express';
import type { BodyOf, Endpoint, EndpointTable, ParamsOf, QueryOf, ReplyOf } from '@weighbridge/shared-contracts';
import type { Caller } from '../auth.ts';
import type { Logger } from '../logging.ts';

/** What a handler gets: every part parsed, the caller known and allowed. */
export interface EndpointRequest<E extends Endpoint> {
  readonly params: ParamsOf<E>;
  readonly query: QueryOf<E>;
  readonly body: BodyOf<E>;
  readonly caller: Caller;
  readonly requestId: string;
  /** Aborted when the client goes away before the answer is complete. */
  readonly signal: AbortSignal;
  /** Fields that the one log line of this request will carry. Ids and numbers only. */
  readonly note: (fields: Readonly<Record<string, unknown>>) => void;
  readonly logger: Logger;
  /** Header of the request by lower-case name; repeated ones joined. */
  readonly header: (name: string) => string | undefined;
  /** Adds a header to the answer, also to one that is an error. */
  readonly setHeader: (name: string, value: string) => void;
}

export interface RawEndpointRequest<E extends Endpoint> extends EndpointRequest<E> {
  readonly req: Request;
  readonly res: Response;
}

export type Handler<E extends Endpoint> = (request: EndpointRequest<E>) => Promise<ReplyOf<E>> | ReplyOf<E>;
export type RawHandler<E extends Endpoint> = (request: RawEndpointRequest<E>) => Promise<void>;

/** One handler per declared endpoint: one left out does not compile. */
export type Handlers<T extends EndpointTable> = { readonly [K in keyof T]: T[K]['reply'] extends 'raw' ? RawHandler<T[K]> : Handler<T[K]> };
