/** What licences forbid by name, each word with what it means in a sentence that begins "use for". One list for all licences, so that texts can be compared. */
const fieldOfUse = {
  'automated-decision': 'decisions about people made by a machine',
  'biometric-identification': 'identifying or sorting people by biometric traits',
  censorship: 'censorship for a government',
  'controlled-substances': 'making or trading controlled substances',
  'critical-infrastructure': 'operating critical infrastructure or heavy machinery',
  defamation: 'defamation',
  discrimination: 'discrimination against protected groups',
  disinformation: 'disinformation',
  'election-interference': 'election campaigning or interference',
  'emotion-recognition': 'inferring emotions at work or school',
  'exploitation-of-vulnerable': 'exploiting vulnerable people',
  'fake-engagement': 'fake engagement',
  fraud: 'fraud or deception',
  gambling: 'gambling',
  'guardrail-circumvention': 'circumventing safeguards',
  'harm-to-minors': 'harming or exploiting minors',
  harassment: 'harassment',
  'human-trafficking': 'human trafficking',
  'illegal-activity': 'unlawful activity',
  impersonation: 'impersonating people',
  'law-enforcement': 'law enforcement, justice or migration control',
  malware: 'malware',
  'medical-advice': 'medical advice or interpreting medical results',
  military: 'military purposes',
  'national-interest': "harming a state's interests",
  'national-security': 'national security or intelligence',
  'personal-data-misuse': 'misusing personal data',
  'regulated-content': 'content that regulation calls inappropriate',
  'security-sensitive': 'security-sensitive purposes',
  'self-harm': 'encouraging self-harm',
  'sexual-content': 'sexual content',
  'social-scoring': 'scoring people by social behaviour or personality',
  spam: 'spam',
  surveillance: 'surveillance',
  terrorism: 'terrorism or violent extremism',
  'third-party-rights': "infringing others' rights",
  'undisclosed-ai-output': 'passing off machine output as human',
  'unlicensed-profession': 'practising a regulated profession',
  violence: 'violence',
  weapons: 'weapons',
} as const satisfies Readonly<Record<string, string>>;

export type FieldOfUseWord = keyof typeof fieldOfUse;

/** Words of the vocabulary, for forms and documentation. */
export const fieldOfUseWords = Object.keys(fieldOfUse) as readonly FieldOfUseWord[] as readonly [FieldOfUseWord, ...FieldOfUseWord[]];

/** The meaning of a word, to follow "use for". */
export const fieldOfUseMeanings: Readonly<Record<FieldOfUseWord, string>> = fieldOfUse;

export const isFieldOfUseWord = (word: string): word is FieldOfUseWord => Object.hasOwn(fieldOfUse, word);

/** Purposes that no licence forbids by name. A word that is neither here nor in the vocabulary cannot be judged, and gives `review` where a licence restricts purposes. */
export const neutralPurposes = [
  'academic-testing', 'accessibility', 'chat', 'classification', 'code-review', 'coding', 'companionship', 'content-moderation', 'content-writing', 'customer-support',
  'data-extraction', 'document-processing', 'education', 'employment', 'entertainment', 'evaluation', 'finance', 'games', 'healthcare', 'housing', 'image-generation', 'insurance',
  'internal-tools', 'journalism', 'knowledge-management', 'legal', 'marketing', 'productivity', 'recommendation', 'research', 'sales', 'search', 'software-development',
  'summarization', 'synthetic-data', 'testing', 'translation', 'triage', 'tutoring',
] as const;
export type NeutralPurpose = (typeof neutralPurposes)[number];

/**
 * What narrows a prohibition. Each has the condition that makes it bite and the one that lifts it; declaring neither leaves the question to a person.
 * `intent`: only with intent to harm or deceive. `auto`: only without a human decision. `undisclosed`: only when not shown to be machine-made.
 * `consent`, `rights`, `approval`: only without them. `unless-law`: only where unlawful. `unlicensed`: only without the professional or licence that law asks for.
 */
export const restrictionConditions = {
  intent: { bites: 'intent-to-harm', lifts: 'no-intent-to-harm' },
  auto: { bites: 'fully-automated', lifts: 'human-in-the-loop' },
  undisclosed: { bites: 'undisclosed-as-ai', lifts: 'disclosed-as-ai' },
  consent: { bites: 'without-consent', lifts: 'with-consent' },
  rights: { bites: 'unauthorised', lifts: 'authorised' },
  approval: { bites: 'not-approved-by-provider', lifts: 'approved-by-provider' },
  'unless-law': { bites: 'unlawful', lifts: 'lawful' },
  unlicensed: { bites: 'unlicensed-practice', lifts: 'licensed-professional' },
} as const;
export type RestrictionSuffix = keyof typeof restrictionConditions;
export const restrictionSuffixes = Object.keys(restrictionConditions) as readonly RestrictionSuffix[] as readonly [RestrictionSuffix, ...RestrictionSuffix[]];
