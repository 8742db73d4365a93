import { priceInForce, tokenPrice, worstCaseCost } from '@weighbridge/cost-domain';
import type { PriceEntry } from '@weighbridge/cost-domain';
import type { Candidate } from '@weighbridge/inference-contracts';
import { chooseDeployments, estimateEmbeddingTokens, estimateInputTokens, isEmbeddingRequest, maxOutputTokens } from '@weighbridge/inference-domain';
import type { ModelRequest } from '@weighbridge/inference-domain';
import type { UnknownPricePolicy } from '@weighbridge/registry-contracts';
import { AppError, picoUsd } from '@weighbridge/shared-domain';
import type { DeploymentId, PicoUsd } from '@weighbridge/shared-domain';
import type { SnapshotDeployment } from '../facts/registry-index.ts';
import type { ResolvedModel } from './resolve-model.ts';

export interface CandidateInput {
  readonly resolved: ResolvedModel;
  readonly request: ModelRequest;
  readonly prices: readonly PriceEntry[];
  readonly unknownPricePolicy: UnknownPricePolicy;
  readonly at: Date;
  /** Drawn evenly from [0, 1). */
  readonly random: number;
}

export interface ChosenCandidates {
  readonly pool: string;
  /** In the order to try them; at least one. */
  readonly candidates: readonly Candidate[];
  /** Of the first. */
  readonly backend: string;
  readonly passedOver: readonly { readonly deploymentId: DeploymentId; readonly reason: string }[];
  readonly inputTokensBound: number;
  /** Of one answer. */
  readonly maxOutputTokens: number;
  /** The most that one attempt can cost at any of them. */
  readonly worstCase: PicoUsd;
}

const mostCandidates = 20;

/** Route, price and worst case of one request. Throws `model.no_deployment`, or `price.unknown` where the project does not allow that. */
export function chooseCandidates({ resolved, request, prices, unknownPricePolicy, at, random }: CandidateInput): ChosenCandidates {
  const passedOver: { deploymentId: DeploymentId; reason: string }[] = [];
  const passOver = (deployment: SnapshotDeployment, reason: string) => void passedOver.push({ deploymentId: deployment.id, reason });
  // The gateway calls no backend and knows nothing of their health; the worker passes over what is resting.
  const route = chooseDeployments(ableTo(request, resolved, passOver), { health: new Map(), random });
  for (const { deploymentId, message } of route.passedOver) passedOver.push({ deploymentId: deploymentId as DeploymentId, reason: message });

  const priced = route.candidates.map((deployment) => ({
    deployment,
    entry: priceInForce(prices, { model: resolved.model, version: resolved.version, deploymentId: deployment.id }, at),
  }));
  const payable = priced.filter(({ deployment, entry }) => {
    if (entry !== null || unknownPricePolicy === 'flag') return true;
    passOver(deployment, 'There is no price in force for it, and the project does not allow unknown prices.');
    return false;
  });
  const [first] = payable;
  if (first === undefined) {
    if (priced.length === 0) throw new AppError('model.no_deployment', `${resolved.ref} has no active deployment`, { retryAfterSeconds: 30 });
    throw new AppError('price.unknown', `no price for ${resolved.ref}`, {
      detail: `There is no price in force for "${resolved.ref}", and this project refuses what has no price.`,
      extensions: { model: resolved.ref },
    });
  }

  const { pool } = first.deployment;
  const usable = payable.filter(({ deployment }) => {
    if (deployment.pool === pool) return true;
    passOver(deployment, `It is in the pool "${deployment.pool}"; this request goes to "${pool}".`);
    return false;
  });
  const chosen = usable.slice(0, mostCandidates);
  for (const { deployment } of usable.slice(mostCandidates)) passOver(deployment, `It comes after the ${mostCandidates} that are tried.`);

  const longestContext = Math.max(...chosen.map(({ deployment }) => deployment.contextLength ?? Number.MAX_SAFE_INTEGER));
  // A context bounds one answer; the inputs of embeddings have one each. A ticket allows at least one token, which no embedding uses.
  const [inputTokensBound, outputTokens, answers] = isEmbeddingRequest(request)
    ? [estimateEmbeddingTokens(request), 1, 1]
    : [Math.min(estimateInputTokens(request), longestContext), Math.min(maxOutputTokens(request, first.deployment.defaultMaxOutputTokens), longestContext), request.n ?? 1];
  const worstCase = chosen.reduce<bigint>((dearest, { entry }) => {
    if (entry === null) return dearest;
    const cost = worstCaseCost({ inputTokens: inputTokensBound, maxOutputTokens: outputTokens * answers }, tokenPrice(entry.price));
    return cost > dearest ? cost : dearest;
  }, 0n);
  return {
    pool,
    backend: first.deployment.backend.kind,
    candidates: chosen.map(({ deployment, entry }) => ({ deploymentId: deployment.id, priceId: entry?.id ?? null, price: entry?.price ?? null })),
    passedOver,
    inputTokensBound,
    maxOutputTokens: outputTokens,
    worstCase: picoUsd(worstCase),
  };
}

/** The deployments whose kind of backend can do what is asked. Throws `request.unsupported` when none of them can. */
function ableTo(request: ModelRequest, { deployments, ref }: ResolvedModel, passOver: (deployment: SnapshotDeployment, reason: string) => void): readonly SnapshotDeployment[] {
  if (!isEmbeddingRequest(request)) return deployments;
  const able = deployments.filter((deployment) => {
    if (deployment.backend.kind === 'openai') return true;
    passOver(deployment, `Its backend is of kind "${deployment.backend.kind}", which has no embeddings.`);
    return false;
  });
  if (able.length === 0 && deployments.length > 0) {
    throw new AppError('request.unsupported', `no deployment of ${ref} has embeddings`, { detail: `"${ref}" has no embeddings here: only deployments of kind "openai" do.` });
  }
  return able;
}
