/**
 * What a policy can ask about, in Cedar's schema language. Everything is declared as required, though some of it may not be known of a use: a policy
 * reads `context.hostedIn` without a guard, and where that is not known, and matters, the answer is `review`. Labels are tags, which a use case may
 * have or not: `principal.hasTag("data") && principal.getTag("data") == "personal"`.
 */
export const policySchema = `
entity UseCase {
  project: String,
  name: String,
  purposes: Set<String>,
  conditions: Set<String>,
  regions: Set<String>,
  commercial: Bool,
  distribution: String,
  trainOnOutputs: Bool,
  monthlyActiveUsers: Long,
  annualRevenueUsd: Long,
  licenseeRegion: String
} tags String;

entity Version {
  model: String,
  version: String,
  publisher: String,
  publishers: Set<String>,
  licenses: Set<String>,
  licenseFamilies: Set<String>,
  osiApproved: Bool,
  multimodal: Bool,
  releasedOn: String
};

action use appliesTo {
  principal: UseCase,
  resource: Version,
  context: {
    hostedIn: String,
    hostedInEu: Bool,
    backendKind: String,
    decision: String
  }
};
`;

/** What is missing, in words that follow "it is not known"; by attribute. */
export const missingFacts: Readonly<Record<string, { readonly words: string; readonly of: 'use case' | 'deployment' | 'version' }>> = {
  project: { words: 'which project it is for', of: 'use case' },
  name: { words: 'what the use case is called', of: 'use case' },
  commercial: { words: 'whether the use is commercial', of: 'use case' },
  monthlyActiveUsers: { words: 'how many people use it in a month', of: 'use case' },
  annualRevenueUsd: { words: 'what the yearly revenue is', of: 'use case' },
  licenseeRegion: { words: 'where the organisation has its seat', of: 'use case' },
  hostedIn: { words: 'where it is hosted', of: 'deployment' },
  hostedInEu: { words: 'where it is hosted', of: 'deployment' },
  backendKind: { words: 'what kind of backend it runs on', of: 'deployment' },
  licenses: { words: 'which licences its lineage has', of: 'version' },
  licenseFamilies: { words: 'which licences its lineage has', of: 'version' },
  osiApproved: { words: 'which licences its lineage has', of: 'version' },
  publishers: { words: 'who published what it was made from', of: 'version' },
  multimodal: { words: 'whether the model is multimodal', of: 'version' },
  releasedOn: { words: 'when it was released', of: 'version' },
};
