import type { DecisionOutcome } from './decision.ts';
import { modelExamples } from './license-examples-models.ts';
import { softwareExamples } from './license-examples-software.ts';
import type { UseCaseFacts } from '../use-cases/use-case-facts.ts';

/** One line that a lawyer can check against the texts. Versions stand in `example-versions.ts`. */
export interface LicenseExample {
  readonly name: string;
  readonly model: string;
  /** What differs from the {@link exampleUseCase}. */
  readonly useCase: Partial<UseCaseFacts>;
  readonly decision: DecisionOutcome;
  /** Codes of everything that fires, and of what is said to be unlisted. */
  readonly reasons: readonly string[];
  /** Licence and clause, among reasons and obligations. */
  readonly clauses: readonly (readonly [license: string, clause: string])[];
  /** Exactly these obligations, where all of them matter. */
  readonly obligations?: readonly string[];
}

/** 20,000 monthly users in the United States, inside the organisation, not commercial. */
export const exampleUseCase: UseCaseFacts = {
  purposes: ['chat'],
  commercial: false,
  monthlyActiveUsers: 20_000,
  annualRevenueUsd: 8_000_000,
  regions: ['US'],
  licenseeRegion: 'US',
  distribution: 'internal',
  trainOnOutputs: false,
};

const service = { commercial: true, distribution: 'service' } as const;
const support = { ...service, purposes: ['customer-support'] };
const deepseek = 'LicenseRef-DeepSeek-Model-1.0';
const llama31 = 'LicenseRef-Llama-3.1';
const llama33 = 'LicenseRef-Llama-3.3';
const llama4 = 'LicenseRef-Llama-4';
const qwen = 'LicenseRef-Qwen-2024';
const gemma = 'LicenseRef-Gemma';
const openRail = 'LicenseRef-BigScience-OpenRAIL-M';
const anthropic = 'LicenseRef-Anthropic-Commercial-Terms';
const stability = 'LicenseRef-StabilityAI-Community-2024-07';
const multimodal = 'AUP, multimodal paragraph (withdraws 1.a)';

/** What each licence says about a declared use: the table that its tests run. */
export const licenseExamples: readonly LicenseExample[] = [
  { name: 'DeepSeek-V3 answers customers in the EU', model: 'deepseek-v3@2024-12', useCase: { ...support, regions: ['EU'] }, decision: 'allow_with_obligations', reasons: [], clauses: [[deepseek, '4.a'], [deepseek, '4.b'], [deepseek, '4.d'], [deepseek, '5']] },
  { name: 'DeepSeek-V3 for the military, inside and not commercial', model: 'deepseek-v3@2024-12', useCase: { purposes: ['military'] }, decision: 'deny', reasons: ['field-of-use:military'], clauses: [[deepseek, 'Attachment A ~2']] },
  { name: 'DeepSeek-R1 for the military: MIT, and the base has the same steward', model: 'deepseek-r1@2025-01', useCase: { purposes: ['military'] }, decision: 'allow', reasons: ['not-listed:military'], clauses: [], obligations: [] },
  { name: "Somebody else's MIT finetune of V3-Base for the military", model: 'someone-v3-tune@1', useCase: { purposes: ['military'] }, decision: 'deny', reasons: ['field-of-use:military', 'not-listed:military'], clauses: [[deepseek, 'Attachment A ~2']] },
  { name: 'DeepSeek-V3 outputs train a student', model: 'deepseek-v3@2024-12', useCase: { trainOnOutputs: true }, decision: 'allow_with_obligations', reasons: [], clauses: [[deepseek, '5'], [deepseek, '4.a'], [deepseek, '4.b']] },

  { name: 'Llama-3.1-405B for 800 million users', model: 'llama-3.1-405b@1', useCase: { ...service, monthlyActiveUsers: 800_000_000 }, decision: 'deny', reasons: ['limit:monthly-active-users'], clauses: [[llama31, '2']], obligations: ['request-license', 'display-attribution', 'indemnify', 'pass-on-use-restrictions', 'disclose-risks'] },
  { name: 'The same with 300 million in the month before the release', model: 'llama-3.1-405b@1', useCase: { ...service, monthlyActiveUsers: 800_000_000, monthlyActiveUsersAtRelease: 300_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [[llama31, '1.b.i(B)'], [llama31, '5.c']] },
  { name: 'Exactly 700 million is not more than 700 million', model: 'llama-3.1-405b@1', useCase: { ...service, monthlyActiveUsers: 700_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [[llama31, '5.c']] },
  { name: 'One more user is', model: 'llama-3.1-405b@1', useCase: { ...service, monthlyActiveUsers: 700_000_001 }, decision: 'deny', reasons: ['limit:monthly-active-users'], clauses: [[llama31, '2']] },
  { name: 'Llama limits count users even without commerce', model: 'llama-3.1-405b@1', useCase: { monthlyActiveUsers: 800_000_000 }, decision: 'deny', reasons: ['limit:monthly-active-users'], clauses: [[llama31, '2']] },
  { name: 'Llama-3.1-8B, users unknown', model: 'llama-3.1-8b@1', useCase: { ...service, monthlyActiveUsers: null }, decision: 'review', reasons: ['missing-fact:monthlyActiveUsers'], clauses: [[llama31, '2']] },
  { name: 'Llama-3-70B makes data for another language model', model: 'llama-3-70b@1', useCase: { trainOnOutputs: true }, decision: 'deny', reasons: ['output-training'], clauses: [['LicenseRef-Llama-3', '1.b.v']] },
  { name: 'Llama-3.1-70B makes data for another language model', model: 'llama-3.1-70b@1', useCase: { trainOnOutputs: true }, decision: 'allow_with_obligations', reasons: [], clauses: [[llama31, '1.b.i last sentence']], obligations: ['indemnify', 'name-prefix'] },
  { name: 'Llama-3-70B improves a model that may be a later Llama', model: 'llama-3-70b@1', useCase: { trainOnOutputs: true, trainTarget: 'same-family' }, decision: 'review', reasons: ['output-training'], clauses: [['LicenseRef-Llama-3', '1.b.v']] },
  { name: 'Llama-3-70B improves itself', model: 'llama-3-70b@1', useCase: { trainOnOutputs: true, trainTarget: 'same-family', conditions: ['derivative-of-same-model'] }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Llama-3', '5.c']] },
  { name: 'Llama-3.2-11B-Vision inside a company seated in the EU', model: 'llama-3.2-11b-vision@1', useCase: { licenseeRegion: 'EU' }, decision: 'deny', reasons: ['limit:region-excluded'], clauses: [['LicenseRef-Llama-3.2', multimodal]] },
  { name: 'The same for France', model: 'llama-3.2-11b-vision@1', useCase: { licenseeRegion: 'FR' }, decision: 'deny', reasons: ['limit:region-excluded'], clauses: [['LicenseRef-Llama-3.2', multimodal]] },
  { name: 'Switzerland is not in the EU', model: 'llama-3.2-11b-vision@1', useCase: { licenseeRegion: 'CH' }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Llama-3.2', '5.c']] },
  { name: 'Llama-3.2-3B, a text model, inside a company seated in the EU', model: 'llama-3.2-3b@1', useCase: { licenseeRegion: 'EU' }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Llama-3.2', '5.c']], obligations: ['indemnify'] },
  { name: 'Llama-4-Scout from the US for users in the EU', model: 'llama-4-scout@1', useCase: { ...service, regions: ['EU'] }, decision: 'allow_with_obligations', reasons: [], clauses: [[llama4, '1.b.i(B)']] },
  { name: 'Llama-4-Scout for users in the EU, seat unknown', model: 'llama-4-scout@1', useCase: { ...service, regions: ['EU'], licenseeRegion: null }, decision: 'review', reasons: ['missing-fact:licenseeRegion'], clauses: [[llama4, multimodal]] },

  { name: 'Qwen2.5-72B in a product with 150 million users', model: 'qwen2.5-72b@1', useCase: { ...service, monthlyActiveUsers: 150_000_000 }, decision: 'deny', reasons: ['limit:monthly-active-users'], clauses: [[qwen, '4']] },
  { name: 'The same without commerce', model: 'qwen2.5-72b@1', useCase: { distribution: 'service', monthlyActiveUsers: 150_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [[qwen, '7.d']], obligations: ['indemnify'] },
  { name: 'Without commerce nobody asks for the number', model: 'qwen2.5-72b@1', useCase: { distribution: 'service', monthlyActiveUsers: null }, decision: 'allow_with_obligations', reasons: [], clauses: [[qwen, '7.d']] },
  { name: 'Whether it is commerce matters above the number', model: 'qwen2.5-72b@1', useCase: { distribution: 'service', commercial: null, monthlyActiveUsers: 150_000_000 }, decision: 'review', reasons: ['missing-fact:commercial'], clauses: [[qwen, '4']] },
  { name: 'The product counts, not the company', model: 'qwen2.5-72b@1', useCase: { ...service, monthlyActiveUsers: 150_000_000, productMonthlyActiveUsers: 1_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [[qwen, '7.d']] },
  { name: 'A product has no more users than its company', model: 'qwen2.5-72b@1', useCase: { ...service, productMonthlyActiveUsers: null }, decision: 'allow_with_obligations', reasons: [], clauses: [[qwen, '7.d']] },
  { name: 'Qwen2.5-72B for the military: no such clause', model: 'qwen2.5-72b@1', useCase: { purposes: ['military'] }, decision: 'allow_with_obligations', reasons: ['not-listed:military'], clauses: [[qwen, '7.d']] },
  { name: 'Qwen2.5-32B for 900 million users', model: 'qwen2.5-32b@1', useCase: { ...service, monthlyActiveUsers: 900_000_000 }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  { name: 'Qwen2.5-3B inside a company', model: 'qwen2.5-3b@1', useCase: { commercial: true }, decision: 'deny', reasons: ['limit:non-commercial', 'limit:research-only'], clauses: [['LicenseRef-Qwen-Research-2024', '2.a, 2.b'], ['LicenseRef-Qwen-Research-2024', '1.i']] },
  { name: 'Qwen2.5-3B as a free tool inside', model: 'qwen2.5-3b@1', useCase: { purposes: ['internal-tools'] }, decision: 'deny', reasons: ['limit:research-only'], clauses: [['LicenseRef-Qwen-Research-2024', '1.i']] },
  { name: 'Qwen2.5-3B in research', model: 'qwen2.5-3b@1', useCase: { purposes: ['research'] }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Qwen-Research-2024', '6.d']], obligations: ['indemnify'] },

  { name: 'Gemma 3 gives medical advice', model: 'gemma-3-27b@1', useCase: { ...service, purposes: ['medical-advice'] }, decision: 'review', reasons: ['field-of-use:medical-advice'], clauses: [[gemma, 'PUP 2.b']] },
  { name: 'Gemma 3 gives medical advice that a licensed professional answers for', model: 'gemma-3-27b@1', useCase: { ...service, purposes: ['medical-advice'], conditions: ['licensed-professional'] }, decision: 'allow_with_obligations', reasons: [], clauses: [[gemma, '3.1 first condition']], obligations: ['pass-on-use-restrictions', 'include-license', 'state-changes'] },
  { name: 'Gemma 3 gives medical advice that nobody answers for', model: 'gemma-3-27b@1', useCase: { ...service, purposes: ['medical-advice'], conditions: ['unlicensed-practice'] }, decision: 'deny', reasons: ['field-of-use:medical-advice'], clauses: [[gemma, 'PUP 2.b']] },
  { name: 'Gemma 3 decides about people alone', model: 'gemma-3-27b@1', useCase: { ...service, purposes: ['automated-decision'], conditions: ['fully-automated'] }, decision: 'deny', reasons: ['field-of-use:automated-decision'], clauses: [[gemma, 'PUP 3']] },
  { name: 'Gemma 3 decides about people with a person in the loop', model: 'gemma-3-27b@1', useCase: { ...service, purposes: ['automated-decision'], conditions: ['human-in-the-loop'] }, decision: 'review', reasons: ['field-of-use:automated-decision'], clauses: [[gemma, 'PUP 3']] },
  { name: 'Gemma 3 for the military: not on the list', model: 'gemma-3-27b@1', useCase: { purposes: ['military'] }, decision: 'allow', reasons: ['not-listed:military'], clauses: [] },

  { name: 'Kimi K2 in a product with 150 million users must show its name', model: 'kimi-k2@1', useCase: { ...service, monthlyActiveUsers: 150_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Kimi-K2-Modified-MIT', '~4 last paragraph']], obligations: ['display-attribution'] },
  { name: 'Kimi K2 in a small product owes nothing', model: 'kimi-k2@1', useCase: { ...service }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  { name: 'Kimi K2, revenue unknown: an obligation may arise, never a review', model: 'kimi-k2@1', useCase: { ...service, annualRevenueUsd: null }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Kimi-K2-Modified-MIT', '~4 last paragraph']] },
  { name: 'MiniMax-M2 with 20 million users and 45 million dollars', model: 'minimax-m2@1', useCase: { ...service, monthlyActiveUsers: 20_000_000, annualRevenueUsd: 45_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-MiniMax-M2-Modified-MIT', '~4 closing paragraph']], obligations: ['display-attribution'] },
  { name: 'Devstral 2 in a company with 300 million dollars a year', model: 'devstral-2-123b@1', useCase: { commercial: true, annualRevenueUsd: 300_000_000 }, decision: 'deny', reasons: ['limit:monthly-revenue'], clauses: [['LicenseRef-MistralAI-Modified-MIT-Revenue', '~4 revenue clause']] },
  { name: 'Devstral 2 in a company with 100 million dollars a year: one month may have exceeded 20', model: 'devstral-2-123b@1', useCase: { commercial: true, annualRevenueUsd: 100_000_000 }, decision: 'review', reasons: ['limit:monthly-revenue'], clauses: [['LicenseRef-MistralAI-Modified-MIT-Revenue', '~4 revenue clause']] },
  { name: 'Devstral 2 in a company with 20 million dollars a year', model: 'devstral-2-123b@1', useCase: { commercial: true, annualRevenueUsd: 20_000_000 }, decision: 'allow', reasons: [], clauses: [] },

  { name: 'GPT-4o makes data for another language model', model: 'gpt-4o@2024-08-06', useCase: { trainOnOutputs: true }, decision: 'deny', reasons: ['output-training'], clauses: [['LicenseRef-OpenAI-Services-Agreement', '3.3(e)']] },
  { name: 'GPT-4o makes data for a classifier in house', model: 'gpt-4o@2024-08-06', useCase: { trainOnOutputs: true, trainTarget: 'non-llm-internal' }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-OpenAI-Services-Agreement', '13.2']] },
  { name: 'GPT-4o makes data for a classifier that is released', model: 'gpt-4o@2024-08-06', useCase: { trainOnOutputs: true, trainTarget: 'non-llm-released' }, decision: 'review', reasons: ['output-training'], clauses: [['LicenseRef-OpenAI-Services-Agreement', '17, Permitted Exception (a)']] },
  { name: 'Claude 3.5 Sonnet makes data for a classifier in house', model: 'claude-3.5-sonnet@2024-10-22', useCase: { trainOnOutputs: true, trainTarget: 'non-llm-internal' }, decision: 'deny', reasons: ['output-training'], clauses: [[anthropic, 'UP ~13']] },
  { name: 'Claude 3.5 Sonnet answers customers', model: 'claude-3.5-sonnet@2024-10-22', useCase: support, decision: 'allow_with_obligations', reasons: [], clauses: [[anthropic, 'D.2'], [anthropic, 'D.3'], [anthropic, 'K.2'], [anthropic, 'UP Additional Use Case Guidelines ~1']], obligations: ['pass-on-use-restrictions', 'notify-accuracy-limits', 'disclose-ai-generated', 'indemnify'] },
  { name: 'Claude 3.5 Sonnet for the military: reached in part', model: 'claude-3.5-sonnet@2024-10-22', useCase: { purposes: ['military'] }, decision: 'review', reasons: ['field-of-use:military'], clauses: [[anthropic, 'UP ~2, ~4, ~11']] },
  { name: 'Claude 3.5 Sonnet cannot be embedded', model: 'claude-3.5-sonnet@2024-10-22', useCase: { commercial: true, distribution: 'embedded' }, decision: 'deny', reasons: ['permission:distribution'], clauses: [[anthropic, 'D.4(a)']] },

  { name: 'DeepSeek-R1-Distill-Llama-70B answers customers: MIT itself, Llama 3.3 underneath', model: 'deepseek-r1-distill-llama-70b@1', useCase: support, decision: 'allow_with_obligations', reasons: [], clauses: [[llama33, '1.b.i(B)'], [llama33, 'AUP lead sentence'], [llama33, 'AUP 4'], [llama33, '5.c']], obligations: ['display-attribution', 'indemnify', 'pass-on-use-restrictions', 'disclose-risks', 'name-prefix'] },
  { name: 'The same published: copies bring the Agreement, the Notice file and both MIT notices', model: 'deepseek-r1-distill-llama-70b@1', useCase: { distribution: 'weights' }, decision: 'allow_with_obligations', reasons: [], clauses: [[llama33, '1.b.i(A)'], [llama33, '1.b.iii'], ['MIT', '~2 notice condition']] },
  { name: 'The same for the military: the Llama policy, not Attachment A', model: 'deepseek-r1-distill-llama-70b@1', useCase: { purposes: ['military'] }, decision: 'deny', reasons: ['field-of-use:military', 'not-listed:military'], clauses: [[llama33, 'AUP 2.1']] },
  { name: 'DeepSeek-R1-Distill-Llama-8B circumvents safeguards: 3.1 does not name that', model: 'deepseek-r1-distill-llama-8b@1', useCase: { purposes: ['guardrail-circumvention'] }, decision: 'allow_with_obligations', reasons: ['not-listed:guardrail-circumvention', 'not-listed:guardrail-circumvention'], clauses: [[llama31, '5.c']] },
  { name: 'DeepSeek-R1-Distill-Qwen-32B as a service', model: 'deepseek-r1-distill-qwen-32b@1', useCase: support, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  { name: 'DeepSeek-R1-Distill-Qwen-32B inside a product', model: 'deepseek-r1-distill-qwen-32b@1', useCase: { ...support, distribution: 'embedded' }, decision: 'allow_with_obligations', reasons: [], clauses: [['MIT', '~2 notice condition'], ['Apache-2.0', '4(a)'], ['Apache-2.0', '4(b)']] },
  { name: 'A quantised copy with another tag has the same terms', model: 'deepseek-r1-distill-llama-70b-gguf@1', useCase: support, decision: 'allow_with_obligations', reasons: [], clauses: [[llama33, '1.b.i(B)'], [llama33, '5.c']] },
  { name: 'Tulu 3: Llama 3.1, Gemma through its data, and a line for Qwen', model: 'llama-3.1-tulu-3-8b@1', useCase: support, decision: 'allow_with_obligations', reasons: [], clauses: [[llama31, '1.b.i(B)'], [gemma, '3.1 first condition'], [qwen, '5.b']] },
  { name: 'A Gemma made with Llama outputs owes Llama a name and nothing else', model: 'llama-gemma-2-27b-sft@1', useCase: { ...support, monthlyActiveUsers: 900_000_000, purposes: ['military'] }, decision: 'allow_with_obligations', reasons: ['not-listed:military'], clauses: [[gemma, '3.1 first condition'], [llama31, '1.b.i last sentence']], obligations: ['pass-on-use-restrictions', 'include-license', 'state-changes', 'name-prefix'] },
  { name: 'Swallow without synthetic data carries Llama 3.1 alone', model: 'llama-3.1-swallow-8b@base', useCase: { ...service, purposes: ['guardrail-circumvention'] }, decision: 'allow_with_obligations', reasons: ['not-listed:guardrail-circumvention'], clauses: [[llama31, '1.b.i(B)']] },
  { name: 'Swallow with synthetic data of Gemma carries its policy too', model: 'llama-3.1-swallow-8b@instruct', useCase: { ...service, purposes: ['guardrail-circumvention'] }, decision: 'deny', reasons: ['field-of-use:guardrail-circumvention', 'not-listed:guardrail-circumvention'], clauses: [[gemma, 'PUP 2.d']] },
  { name: 'Vicuna in commerce: made from ChatGPT conversations', model: 'vicuna-13b@1.5', useCase: service, decision: 'review', reasons: ['contract-provenance'], clauses: [['LicenseRef-OpenAI-Services-Agreement', '3.3(e)'], ['LicenseRef-Llama-2', '5.c']] },
  { name: 'Vicuna outputs may not train another language model', model: 'vicuna-13b@1.5', useCase: { trainOnOutputs: true }, decision: 'deny', reasons: ['output-training'], clauses: [['LicenseRef-Llama-2', '1.b.v']] },
  { name: 'A student of Llama 2 may not be made', model: 'llama-2-student@1', useCase: {}, decision: 'deny', reasons: ['output-training'], clauses: [['LicenseRef-Llama-2', '1.b.v']] },
  { name: 'Tulu 2 with a wider tag: the parent is known and stays', model: 'llama-3.1-tulu-2-8b@1', useCase: { ...service, monthlyActiveUsers: 800_000_000 }, decision: 'deny', reasons: ['limit:monthly-active-users'], clauses: [[llama31, '2']] },

  { name: 'OpenRAIL-M: decisions about claims without a person', model: 'abacus@mini', useCase: { ...service, purposes: ['automated-decision'], conditions: ['fully-automated'], regions: ['EU'] }, decision: 'deny', reasons: ['field-of-use:automated-decision'], clauses: [[openRail, 'Attachment A (h)']] },
  { name: 'OpenRAIL-M: decisions about claims with a person', model: 'abacus@mini', useCase: { ...service, purposes: ['automated-decision'], conditions: ['human-in-the-loop'] }, decision: 'allow_with_obligations', reasons: [], clauses: [[openRail, '4.a']] },
  { name: 'OpenRAIL-M: decisions about claims, nobody says how', model: 'abacus@mini', useCase: { ...service, purposes: ['automated-decision'] }, decision: 'review', reasons: ['field-of-use:automated-decision'], clauses: [[openRail, 'Attachment A (h)']] },
  { name: 'OpenRAIL-M: evaluation inside a company', model: 'abacus@mini', useCase: { commercial: true, purposes: ['evaluation'] }, decision: 'allow_with_obligations', reasons: [], clauses: [[openRail, '5']] },
  { name: 'OpenRAIL-M: a misspelt purpose cannot be judged', model: 'abacus@mini', useCase: { purposes: ['automated-decisions'] }, decision: 'review', reasons: ['missing-fact:purposes'], clauses: [] },
  { name: 'BLOOMZ explains lab results, with a disclaimer', model: 'bloomz-7b1@1', useCase: { ...service, purposes: ['healthcare', 'medical-advice'], conditions: ['disclosed-as-ai'] }, decision: 'deny', reasons: ['field-of-use:medical-advice'], clauses: [['LicenseRef-BigScience-BLOOM-RAIL-1.0', 'Attachment A (l)']] },
  { name: 'StarCoder2 helps 4,000 programmers inside', model: 'starcoder2-15b@1', useCase: { commercial: true, purposes: ['coding'], monthlyActiveUsers: 4_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-BigCode-OpenRAIL-M-1', '4']], obligations: ['pass-on-use-restrictions'] },
  { name: 'StarCoder2 behind an API for customers', model: 'starcoder2-15b@1', useCase: { ...service, purposes: ['coding'] }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-BigCode-OpenRAIL-M-1', '5.1'], ['LicenseRef-BigCode-OpenRAIL-M-1', '5.2.a'], ['LicenseRef-BigCode-OpenRAIL-M-1', '5.2.b']] },
  { name: 'StarCoder2 decides about people alone, and says that it is a machine', model: 'starcoder2-15b@1', useCase: { ...service, purposes: ['automated-decision'], conditions: ['fully-automated', 'disclosed-as-ai'] }, decision: 'allow_with_obligations', reasons: [], clauses: [] },
  { name: 'SDXL makes advertising images that do not say so', model: 'sdxl@1.0', useCase: { commercial: true, purposes: ['marketing', 'undisclosed-ai-output'] }, decision: 'allow_with_obligations', reasons: ['not-listed:undisclosed-ai-output'], clauses: [['LicenseRef-CreativeML-OpenRAIL-PlusPlus-M', '5']] },

  { name: "Mistral Large tested on a company's tickets, without revenue", model: 'mistral-large@2411', useCase: { purposes: ['testing'] }, decision: 'deny', reasons: ['limit:research-only'], clauses: [['LicenseRef-MistralAI-MRL-0.1', '3.2, 9']] },
  { name: 'Falcon 180B behind an API', model: 'falcon-180b@1', useCase: service, decision: 'deny', reasons: ['limit:no-hosting'], clauses: [['LicenseRef-TII-Falcon-180B-1.0', '9.1']] },
  { name: 'Falcon 180B inside', model: 'falcon-180b@1', useCase: { commercial: true }, decision: 'allow', reasons: [], clauses: [] },
  { name: 'A merge with a non-commercial parent as a paid service', model: 'nc-apache-merge@1', useCase: service, decision: 'deny', reasons: ['limit:non-commercial'], clauses: [['CC-BY-NC-4.0', '1(i), 2(a)(1)']] },
  { name: 'The same merge in research', model: 'nc-apache-merge@1', useCase: { purposes: ['research'] }, decision: 'allow', reasons: [], clauses: [] },
  { name: 'A non-commercial model, nobody says whether for commerce', model: 'musicgen@1', useCase: { commercial: null }, decision: 'review', reasons: ['missing-fact:commercial'], clauses: [['CC-BY-NC-4.0', '1(i), 2(a)(1)']] },

  { name: 'SD 3.5 makes marketing images inside a company of 40 million dollars', model: 'sd3.5-large@1', useCase: { commercial: true, purposes: ['image-generation', 'marketing'], annualRevenueUsd: 40_000_000 }, decision: 'deny', reasons: ['limit:annual-revenue'], clauses: [[stability, 'III']], obligations: ['request-license', 'registration', 'indemnify'] },
  { name: 'The same company tries it for two weeks, in no product', model: 'sd3.5-large@1', useCase: { purposes: ['evaluation'], annualRevenueUsd: 40_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [[stability, 'IV.c.iv']] },
  { name: 'SD 3.5 at exactly a million dollars: the text disagrees with itself', model: 'sd3.5-large@1', useCase: { commercial: true, annualRevenueUsd: 1_000_000 }, decision: 'review', reasons: ['limit:annual-revenue'], clauses: [[stability, 'III']] },
  { name: 'Hunyuan-A13B in Singapore for customers in France and the United Kingdom', model: 'hunyuan-a13b@1', useCase: { ...support, licenseeRegion: 'SG', regions: ['FR', 'GB'] }, decision: 'deny', reasons: ['limit:region-excluded'], clauses: [['LicenseRef-Tencent-Hunyuan-Community-2024-12', '1.l, 2, 5.c, Exhibit A 1']] },
  { name: 'Hunyuan-Large for the United Kingdom: its text excludes the EU alone', model: 'hunyuan-large@1', useCase: { ...support, regions: ['GB'] }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Tencent-Hunyuan-Community-2024-11', '3.a']] },
  { name: 'DBRX for 900 million users, 50 million in the month before the release', model: 'dbrx@instruct', useCase: { ...service, monthlyActiveUsers: 900_000_000, monthlyActiveUsersAtRelease: 50_000_000 }, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Databricks-Open-Model', '2.2.2'], ['LicenseRef-Databricks-Open-Model', '4.2.d']] },
  { name: 'DBRX for the military: its policy was not read', model: 'dbrx@instruct', useCase: { purposes: ['military'] }, decision: 'review', reasons: ['field-of-use:military'], clauses: [['LicenseRef-Databricks-Open-Model', '2.3.1']] },
  { name: 'A finetune of Yi-34B of 2023 as "Apache-2.0": under the old or the new grant?', model: 'yi-34b-tune@1', useCase: service, decision: 'review', reasons: ['license-conflict'], clauses: [['LicenseRef-01AI-Yi-2.1', '2 last paragraph']] },

  { name: 'A licence that nobody knows', model: 'acme-chat@1', useCase: support, decision: 'review', reasons: ['unknown-license'], clauses: [] },
  { name: 'Apache-2.0 over a base whose licence nobody knows', model: 'acme-tune@1', useCase: support, decision: 'review', reasons: ['unknown-license'], clauses: [] },
  { name: 'Apache-2.0 over a base that is not registered', model: 'orphan@1', useCase: support, decision: 'review', reasons: ['unknown-license'], clauses: [] },
  { name: 'The tag says MIT, the file Llama 3.1', model: 'mislabelled@1', useCase: support, decision: 'review', reasons: ['license-conflict'], clauses: [] },

  ...softwareExamples,
  ...modelExamples,
];
