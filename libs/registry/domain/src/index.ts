export { Architecture, LatentAttention, MixtureOfExperts, undisclosedArchitecture } from './architecture.ts';
export { ModelCard, weightBits } from './model-card.ts';
export type { WeightPrecision } from './model-card.ts';
export { GateCondition, GateConditions, GateOutcome, GateResult } from './promotion-gate.ts';
export { ReferenceModel, ReferencePrice, ReferenceScore, ReferenceVersion, Source } from './reference-model.ts';
