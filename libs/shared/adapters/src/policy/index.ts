export { createPolicyEngine } from './policy-engine.ts';
export type { EvaluatedFinding, PolicyEngine, PolicyEngineInput, PolicyEntity, PolicyQuestion, PolicyValue } from './policy-engine.ts';
export { readPolicy } from './read-policy.ts';
export type { PolicyStatement, PolicyTextFault, ReadPolicy } from './read-policy.ts';
