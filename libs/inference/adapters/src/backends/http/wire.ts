import type { BackendDelta, ChatChoice } from '@weighbridge/inference-domain';
import type { TokenUsage } from '@weighbridge/shared-domain';

/** An answer as the server gave it, not yet settled. */
export interface UpstreamAnswer {
  readonly choices: readonly ChatChoice[];
  readonly usage: unknown;
  readonly model: string | undefined;
  readonly serviceTier: string | undefined;
  readonly systemFingerprint: string | undefined;
}

/** Puts the events of a streamed answer together again, and says what each of them adds. */
export interface StreamReader extends Pick<UpstreamAnswer, 'usage' | 'model' | 'serviceTier' | 'systemFingerprint'> {
  /** Takes one event's JSON. Gives its deltas, or null when it is no event of this protocol. */
  add(json: unknown): BackendDelta[] | null;
  /** Whether the server has begun to answer. */
  readonly begun: boolean;
  /** Whether the answer is whole, even if the connection ends here. */
  readonly finished: boolean;
  choices(): ChatChoice[];
}

export interface ReportedUsage {
  readonly usage: TokenUsage;
  /** Whether the counts agree with each other and can be priced as they are. */
  readonly certain: boolean;
}

/** What sets one HTTP protocol of model servers apart from another, as far as reading its answers goes. */
export interface Wire {
  readonly createReader: () => StreamReader;
  /** The answer of a server that did not stream, or in words what is wrong with it. */
  readonly readWhole: (body: unknown) => UpstreamAnswer | string;
  /** Null: this is no usage. */
  readonly readUsage: (reported: unknown) => ReportedUsage | null;
  /** The HTTP status that an error told inside a stream stands for; undefined: it does not say. */
  readonly statusOfError: (event: unknown) => number | undefined;
  /** Whether each event shows that the server is at work, also one that carries no text. */
  readonly eventsAreProgress: boolean;
}
