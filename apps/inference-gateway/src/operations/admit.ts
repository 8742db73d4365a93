import { budgetAccountId } from '@weighbridge/cost-domain';
import type { Budget, HoldContext } from '@weighbridge/cost-domain';
import type { AdmissionTicket } from '@weighbridge/inference-contracts';
import type { Lane, ModelRequest } from '@weighbridge/inference-domain';
import type { BudgetHolds, Refusal } from '@weighbridge/shared-adapters/budget-holds';
import type { RateDecision, RateLimiter } from '@weighbridge/shared-adapters/rate-limit';
import { AppError, formatUsd } from '@weighbridge/shared-domain';
import type { BatchId, JobId, KeyId, ProjectId, RunId, Tags, UseCaseId } from '@weighbridge/shared-domain';
import { checkLicense } from '../admission/check-license.ts';
import type { JudgedDecision } from '../admission/check-license.ts';
import { chooseCandidates } from '../admission/choose-candidates.ts';
import { keepToPolicies } from '../admission/keep-to-policies.ts';
import { resolveModel } from '../admission/resolve-model.ts';
import { resolveUseCase } from '../admission/resolve-use-case.ts';
import type { EndUserMeter } from '../end-users/end-user-meter.ts';
import type { CostIndex } from '../facts/cost-index.ts';
import type { RegistryIndex, SnapshotUseCase } from '../facts/registry-index.ts';

export interface AdmitDeps {
  readonly registry: () => RegistryIndex;
  readonly costs: () => CostIndex;
  /** May this version be used for that? Remembers its answers per snapshot. */
  readonly judge: (registry: RegistryIndex, ref: string, useCase: SnapshotUseCase) => JudgedDecision;
  readonly rateLimiter: RateLimiter;
  readonly holds: Pick<BudgetHolds, 'hold'>;
  /** Of what was admitted. */
  readonly recordEndUser: EndUserMeter['record'];
  readonly gatewayId: string;
  readonly now: () => Date;
  readonly random: () => number;
  readonly observe: (outcome: string, lane: Lane) => void;
}

/** For whom, whatever door the request came through. */
export interface Requester {
  readonly projectId: ProjectId;
  /** Null: not asked for with a key of the project (a platform administrator, a run). */
  readonly keyId: KeyId | null;
  /** What the key stands for. */
  readonly useCaseId: UseCaseId | null;
}

export interface AdmissionRequest {
  /** Also the id of the budget hold: the same job admitted twice is held once. */
  readonly jobId: JobId;
  readonly requester: Requester;
  /** Id or name of another use case than the key's. */
  readonly namedUseCase: string | undefined;
  readonly modelReference: string;
  readonly request: ModelRequest;
  readonly lane: Lane;
  readonly tags: Tags;
  readonly batchId: BatchId | null;
  readonly runId: RunId | null;
  readonly deadlineAt: Date;
  /** Whether the request counts against the key's requests a minute: calls do, lines of a batch and samples of a run do not. */
  readonly countsAgainstRate: boolean;
  /** Told as soon as it is known, also when the request is then refused. */
  readonly onRate?: (rate: RateDecision) => void;
}

declare const admitted: unique symbol;

/** Proof of an admission. Only {@link createAdmit} makes one, and nothing enters the queue without one. */
export interface Admission {
  readonly [admitted]: true;
  readonly ticket: AdmissionTicket;
  readonly useCaseId: UseCaseId;
}

export type Admit = (request: AdmissionRequest) => Promise<Admission>;

/** Money that was held for a job whose process died stays held this long past its deadline, until the sweeper looks. */
const holdMarginMs = 300_000;

/**
 * The one admission. Every door calls it; what it lets through carries a ticket that the worker obeys.
 * Throws an AppError for every refusal: auth.invalid_key, auth.expired_key, request.invalid (no use case), model.not_found, model.no_deployment,
 * license.denied, license.review, rate_limit.exceeded, price.unknown, budget.exceeded, budget.unavailable, service.unavailable.
 */
export function createAdmit(deps: AdmitDeps): Admit {
  return async (request) => {
    try {
      const ticket = await admit(deps, request);
      deps.observe('admitted', request.lane);
      return { ticket, useCaseId: ticket.useCaseId } as Admission;
    } catch (error) {
      deps.observe(error instanceof AppError ? error.code : 'service.internal', request.lane);
      throw error;
    }
  };
}

async function admit(deps: AdmitDeps, input: AdmissionRequest): Promise<AdmissionTicket> {
  const { jobId, requester, lane, deadlineAt } = input;
  const now = deps.now();
  const registry = deps.registry();
  const costs = deps.costs();

  const requestsPerMinute = checkKey(registry, requester, now);
  const project = registry.findProject(requester.projectId);
  if (project === undefined) throw new AppError('resource.not_found', `project ${requester.projectId} is not in the snapshot`);
  const useCase = resolveUseCase(registry, { projectId: project.id, named: input.namedUseCase, ofKey: requester.useCaseId });
  const resolved = resolveModel(registry, input.modelReference);
  const judged = deps.judge(registry, resolved.ref, useCase);
  const approvalId = judged.decision === 'review' ? (registry.findApproval(useCase.id, resolved.ref, now, judged)?.id ?? null) : null;
  const decision = checkLicense(judged, approvalId, {
    ref: resolved.ref,
    useCaseId: useCase.id,
    useCaseName: useCase.name,
  });
  if (input.countsAgainstRate && requester.keyId !== null && requestsPerMinute !== null) await checkRate(deps, requester.keyId, requestsPerMinute, input.onRate);
  const policed = keepToPolicies(resolved.deployments, judged, approvalId !== null);
  const route = chooseCandidates({
    resolved: { ...resolved, deployments: policed.deployments },
    request: input.request,
    prices: costs.pricesOf(resolved.model),
    unknownPricePolicy: project.unknownPricePolicy,
    at: now,
    random: deps.random(),
  });

  const budgets = costs.budgetsOf({ projectId: project.id, keyId: requester.keyId, useCaseId: useCase.id });
  const accounts = new Map(budgets.map((budget) => [budgetAccountId(budget, now), budget]));
  const [first] = route.candidates;
  if (first === undefined) throw new AppError('service.internal', 'a route without candidates');
  const ticket: AdmissionTicket = {
    jobId,
    projectId: project.id,
    keyId: requester.keyId,
    useCaseId: useCase.id,
    lane,
    model: resolved.model,
    version: resolved.version,
    pool: route.pool,
    candidates: [...route.candidates],
    passedOver: [...policed.passedOver, ...route.passedOver],
    decision,
    holdUsd: formatUsd(route.worstCase),
    budgetAccounts: [...accounts.keys()],
    inputTokensBound: route.inputTokensBound,
    maxOutputTokens: route.maxOutputTokens,
    admittedAt: now.toISOString(),
    deadlineAt: deadlineAt.toISOString(),
    batchId: input.batchId,
    runId: input.runId,
    tags: input.tags,
  };
  const held = await deps.holds.hold({
    holdId: jobId,
    owner: deps.gatewayId,
    amountPicoUsd: route.worstCase,
    accountIds: ticket.budgetAccounts,
    context: JSON.stringify(holdContext(ticket, first.deploymentId, route.backend, first.priceId)),
    ttlMs: Math.max(deadlineAt.getTime() - now.getTime(), 0) + holdMarginMs,
  });
  if (!held.ok) throw budgetRefusal(held, accounts, route.worstCase);
  deps.recordEndUser(registry, resolved.ref, input.request);
  return ticket;
}

/** A key that was revoked after its batch was accepted gets nothing more done. Returns its requests a minute. */
function checkKey(registry: RegistryIndex, { keyId, projectId }: Requester, now: Date): number | null {
  if (keyId === null) return null;
  const key = registry.findKey(keyId);
  if (key === undefined || (key.projectId !== null && key.projectId !== projectId)) throw new AppError('auth.invalid_key', `key ${keyId} is not in the snapshot`);
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now.getTime()) throw new AppError('auth.expired_key', `key ${keyId} expired at ${key.expiresAt}`);
  return key.requestsPerMinute;
}

async function checkRate(deps: AdmitDeps, keyId: KeyId, limitPerMinute: number, onRate: AdmissionRequest['onRate']): Promise<void> {
  const rate = await deps.rateLimiter.consume(`requests.${keyId}`, limitPerMinute);
  onRate?.(rate);
  if (rate.allowed) return;
  throw new AppError('rate_limit.exceeded', `key ${keyId} is over ${limitPerMinute} requests a minute`, {
    detail: `This key may make ${limitPerMinute} requests a minute.`,
    retryAfterSeconds: rate.resetMs / 1_000,
  });
}

const holdContext = (ticket: AdmissionTicket, deploymentId: HoldContext['deploymentId'], backend: string, priceId: HoldContext['priceId']): HoldContext => ({
  v: 1,
  jobId: ticket.jobId,
  attempt: 1,
  projectId: ticket.projectId,
  keyId: ticket.keyId,
  useCaseId: ticket.useCaseId,
  model: ticket.model,
  version: ticket.version,
  deploymentId,
  backend,
  lane: ticket.lane,
  batchId: ticket.batchId,
  runId: ticket.runId,
  tags: ticket.tags,
  priceId,
  decisionDigest: ticket.decision.inputsDigest,
  budgetAccounts: ticket.budgetAccounts,
  queuedAt: ticket.admittedAt,
});

function budgetRefusal(refusal: Refusal, accounts: ReadonlyMap<string, Budget>, worstCase: bigint): AppError {
  const budget = accounts.get(refusal.accountId);
  if (refusal.reason === 'unknown-account') {
    return new AppError('budget.unavailable', `account ${refusal.accountId} is not configured yet`, { retryAfterSeconds: 1 });
  }
  const left = refusal.limitPicoUsd - refusal.spentPicoUsd - refusal.heldPicoUsd;
  const [leftUsd, wantedUsd] = [formatUsd(left > 0n ? left : 0n), formatUsd(worstCase)];
  return new AppError('budget.exceeded', `account ${refusal.accountId} has ${leftUsd}, wanted ${wantedUsd}`, {
    detail: `The budget "${budget?.name ?? refusal.accountId}" has ${leftUsd} US dollars left; this request may cost up to ${wantedUsd}. A smaller max_completion_tokens lowers that.`,
    extensions: { budgetId: budget?.id ?? null, remainingUsd: leftUsd, worstCaseUsd: wantedUsd },
  });
}
