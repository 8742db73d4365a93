import type { PicoUsd } from '@weighbridge/shared-domain';

/** One budget in one period. */
export interface AccountSetting {
  /** `<budgetId>/<periodKey>` */
  readonly accountId: string;
  /** `hard` refuses what it cannot cover; `soft` only counts. */
  readonly kind: 'hard' | 'soft';
  readonly limitPicoUsd: bigint;
  /** What the ledger says. Taken for an account that was not configured before, and with `reseed`. */
  readonly spentPicoUsd: bigint;
  /** Replaces the spend counted here by `spentPicoUsd`; what is held stays. */
  readonly reseed?: boolean;
}

export interface AccountStatus {
  readonly accountId: string;
  readonly kind: 'hard' | 'soft';
  readonly limitPicoUsd: PicoUsd;
  readonly spentPicoUsd: PicoUsd;
  readonly heldPicoUsd: PicoUsd;
}

export interface HoldRequest {
  readonly holdId: string;
  /** Who answers for it, e.g. the process or the job: shown by {@link BudgetHolds.outstanding}. */
  readonly owner: string;
  /** The worst case. Zero is never refused: a free model still works when the money is gone. */
  readonly amountPicoUsd: bigint;
  /** Every budget concerned; none is fine, the hold is recorded all the same. */
  readonly accountIds: readonly string[];
  /** JSON, kept for the ledger: enough to record the attempt if its worker never comes back. */
  readonly context: string;
  /** Past this the sweeper asks what became of it. It is not freed by itself. */
  readonly ttlMs: number;
}

export type Refusal =
  | {
      readonly ok: false;
      readonly reason: 'exceeded';
      readonly accountId: string;
      readonly limitPicoUsd: PicoUsd;
      readonly spentPicoUsd: PicoUsd;
      readonly heldPicoUsd: PicoUsd;
    }
  | { readonly ok: false; readonly reason: 'unknown-account'; readonly accountId: string };

export type HoldOutcome = { readonly ok: true } | Refusal;
export type ExtendOutcome = HoldOutcome | { readonly ok: false; readonly reason: 'unknown-hold' };

export interface Settlement {
  /** Whether it is the last of the hold: what is left of it is freed. */
  readonly final: boolean;
  /** The id of the usage event. The same key again changes nothing (remembered for {@link settledKeyTtlMs}). */
  readonly key: string;
  /** Charged when the hold is not known any more, so that its spend still counts. */
  readonly accountIds?: readonly string[];
}

/** `duplicate`: the key was settled before. `without-hold`: only the given accounts were charged. */
export type SettleOutcome = 'settled' | 'duplicate' | 'without-hold';

/** A hold as it stands. */
export interface HoldState {
  readonly holdId: string;
  readonly owner: string;
  /** What is still held. */
  readonly amountPicoUsd: PicoUsd;
  readonly accountIds: readonly string[];
  readonly context: string;
  /** Attempts whose backend call was begun, in the order of their begin. */
  readonly startedAttempts: readonly number[];
  readonly expiresAtMs: number;
}

/** A hold past its expiry. */
export interface ExpiredHold extends HoldState {
  readonly expiredAtMs: number;
}

/**
 * Holds on budgets: what a request may cost at worst is set aside before its backend is called, in one act over all its budgets,
 * so that `spent + held` of a hard budget never passes its limit, however many ask at once. All amounts are exact.
 * Every method rejects with the AppError `budget.unavailable` when the home is away.
 */
export interface BudgetHolds {
  configure(accounts: readonly AccountSetting[]): Promise<void>;
  /** All accounts or none. The same `holdId` again is `ok` and counts once. */
  hold(request: HoldRequest): Promise<HoldOutcome>;
  /**
   * To be awaited before the backend is called: from now on the hold cannot be released, only settled. `ttlMs` moves its expiry to
   * at least that far from now. False when the hold is gone: then the backend must not be called.
   */
  start(holdId: string, attempt: number, ttlMs?: number): Promise<boolean>;
  /** Adds the worst case of a further attempt, and moves the expiry to at least `ttlMs` from now; an amount of zero just moves it. */
  extend(holdId: string, amountPicoUsd: bigint, ttlMs: number): Promise<ExtendOutcome>;
  /** Moves what an attempt really cost from held to spent; it may be more than was held. */
  settle(holdId: string, actualPicoUsd: bigint, settlement: Settlement): Promise<SettleOutcome>;
  /** Frees a hold of which nothing was started; `started` when that is not so. */
  release(holdId: string): Promise<'released' | 'started' | 'unknown'>;
  /** One hold, or null when it is settled, released or was never taken. For whoever takes over the work of a lost process. */
  inspect(holdId: string): Promise<HoldState | null>;
  /** Longest expired first. The sweeper releases what was never started and settles the rest. */
  expired(limit: number): Promise<ExpiredHold[]>;
  /** Of one owner or of all. Reads every hold: for operators and tests, not for the path of a request. */
  outstanding(owner?: string): Promise<{ readonly holds: number; readonly amountPicoUsd: PicoUsd }>;
  /** Accounts that were never configured are left out. */
  status(accountIds: readonly string[]): Promise<AccountStatus[]>;
  /** Drops accounts of past periods. Those with something held stay. */
  forget(accountIds: readonly string[]): Promise<void>;
}

/** How long a settled key is remembered. The usage queue delivers an event again for minutes, so a second settlement after this is a person's doing. */
export const settledKeyTtlMs = 6 * 3_600_000;
