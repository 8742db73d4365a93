import { z } from 'zod';
import { fieldOfUseWords, restrictionSuffixes } from '../use-cases/field-of-use.ts';
import { LineageRelation } from '../lineage/lineage.ts';

/** SPDX id, or `LicenseRef-…` for a licence that SPDX does not list. */
export const LicenseId = z
  .string()
  .max(100)
  .regex(/^[A-Za-z0-9][A-Za-z0-9.+-]*$/, 'must be an SPDX id or "LicenseRef-…"');
export type LicenseId = z.infer<typeof LicenseId>;

/** As the text numbers it; `~` before a number that was counted because the text prints none. */
const Clause = z.string().min(1).max(120);
const word = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/);

/** `conditional`: granted, and the rest of the entry says how far. `silent`: the text says neither. */
export const LicenseAnswer = z.enum(['yes', 'no', 'conditional', 'silent']);
export type LicenseAnswer = z.infer<typeof LicenseAnswer>;

/** `conditional`: granted, and a limit, obligation or condition of the entry says how far. `silent`: neither granted nor refused. */
const Grant = z.object({
  answer: LicenseAnswer,
  clause: Clause.nullable().default(null),
  text: z.string().optional(),
});

export const permissionNames = ['commercial-use', 'modification', 'distribution', 'hosting', 'sublicensing', 'patent-grant', 'fine-tune-at-provider'] as const;

/** For which distribution an obligation arises. `available`: not internal. `copies`: embedded or weights. `model-released`: a model made from this one, or from its outputs, is published or offered. */
export const ObligationTrigger = z.enum(['any', 'available', 'copies', 'model-released']);
export type ObligationTrigger = z.infer<typeof ObligationTrigger>;

/** A duty, in our words. */
export const LicenseObligation = z.object({
  code: word,
  trigger: ObligationTrigger,
  /** A condition that the declared facts do not settle, to follow "when"; the obligation is then conditional. `modified` is settled by lineage. */
  when: z.string().optional(),
  /** Arises only for commercial use. */
  commercialOnly: z.boolean().optional(),
  /** Arises only for these purposes. */
  purposes: z.array(word).optional(),
  /** Arises only when one of these limits, whose effect is `obligation`, is exceeded. */
  whenLimits: z.array(word).optional(),
  /** Performed by who makes and names a model, so never more than a condition for who merely uses it. */
  onMaker: z.boolean().optional(),
  /** The very words to show (`display-attribution`) or to put in a file named "Notice" (`include-notice`), where the licence gives them. */
  line: z.string().min(1).max(1_000).optional(),
  clause: Clause,
  text: z.string().min(1),
});
export type LicenseObligation = z.infer<typeof LicenseObligation>;

/** A number or a kind of use at which the licence ends, or asks for something. */
export const LicenseLimit = z.object({
  /** e.g. `monthly-active-users`, `annual-revenue`, `non-commercial`, `research-only`, `no-hosting`. */
  name: word,
  /** People, visits or whole US dollars; null where the limit counts nothing. */
  threshold: z.int().min(0).nullable().default(null),
  /** `strict`: bites above the threshold. `inclusive`: at it as well. */
  comparison: z.enum(['strict', 'inclusive']).default('strict'),
  /** Two sentences of the text disagree about the threshold itself. */
  unclearAtThreshold: z.boolean().optional(),
  /** The declared fact it is held against; `distribution` bites for a service, `copies` where weights are handed over; null: no declared fact measures it. */
  measure: z.enum(['monthlyActiveUsers', 'productMonthlyActiveUsers', 'monthlyActiveUsersAtRelease', 'annualRevenueUsd', 'commercial', 'purposes', 'distribution', 'copies', 'regions']).nullable(),
  /** The declared fact is never below what the limit counts, e.g. monthly users for daily users: it can clear, not convict. */
  measureIsUpperBound: z.boolean().optional(),
  /** Revenue of one month, while a year's is declared. */
  perMonth: z.boolean().optional(),
  /** Whose users or revenue: `licensee`, `licensee-and-affiliates`, `product`. */
  scope: z.enum(['licensee', 'licensee-and-affiliates', 'product']).default('licensee'),
  /** `at-release-date`: once, for the month before the release of what is licensed; later growth never trips it. */
  clock: z.enum(['continuous', 'at-release-date']).default('continuous'),
  commercialOnly: z.boolean().default(false),
  /** Bites only for what was made from it, not for the model as published. */
  whenModified: z.boolean().optional(),
  /** Purposes that stay inside a `research-only` limit. */
  purposes: z.array(word).optional(),
  /** Countries for which a `supported-countries` limit has to be looked up. */
  regions: z.array(z.string()).optional(),
  /** `request-license`: denied until the licensor grants another licence. `obligation`: switches obligations on. `note`: shown, not evaluated. */
  effect: z.enum(['deny', 'request-license', 'review', 'obligation', 'note']),
  clause: Clause,
  text: z.string().min(1),
});
export type LicenseLimit = z.infer<typeof LicenseLimit>;

/** A purpose that the text forbids. */
export const FieldOfUseRestriction = z.object({
  word: z.enum(fieldOfUseWords),
  /** All of them must hold for the prohibition to bite. */
  suffixes: z.array(z.enum(restrictionSuffixes)).default([]),
  /** What remains when a suffix is lifted. */
  otherwise: z.enum(['pass', 'review']).default('pass'),
  effect: z.enum(['deny', 'review']).default('deny'),
  clause: Clause,
  /** How far the text reaches, where the word alone would mislead. */
  text: z.string().optional(),
});
export type FieldOfUseRestriction = z.infer<typeof FieldOfUseRestriction>;

/** `licensee`: who is seated there gets no rights. `users`: may not be used for people there. */
export const RegionExclusion = z.object({
  regions: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  subject: z.enum(['licensee', 'users']),
  /** Only multimodal models; `multimodalNames` and `textNames` tell them apart by their reference where nothing else does. */
  multimodalOnly: z.boolean().default(false),
  multimodalNames: z.array(z.string()).default([]),
  textNames: z.array(z.string()).default([]),
  clause: Clause,
  text: z.string().min(1),
});
export type RegionExclusion = z.infer<typeof RegionExclusion>;

/** May outputs train that? A `condition` makes it `review` until the use case declares it. */
const OutputAnswer = z.object({ answer: LicenseAnswer, clause: Clause.nullable(), condition: word.optional(), text: z.string().optional() });
/** Which models outputs may train: one of the same family, another language model, another model that stays in the house, or one that is released. */
export const OutputRule = z.object({ 'same-family': OutputAnswer, 'other-llm': OutputAnswer, 'non-llm-internal': OutputAnswer, 'non-llm-released': OutputAnswer });
export type OutputRule = z.infer<typeof OutputRule>;

/**
 * What a model made from this one inherits. `same-license`, `pass-on-restrictions`: all terms. `obligations-only`: obligations, no limits or restrictions.
 * `unlicensed`, `separate-model`: it may not be made. `contract-only`: binds its maker, not its users. `review`: the text leaves it open.
 */
export const PropagationRule = z.enum(['same-license', 'pass-on-restrictions', 'obligations-only', 'none', 'unlicensed', 'separate-model', 'contract-only', 'review']);
export type PropagationRule = z.infer<typeof PropagationRule>;
export const Propagation = z.object({
  rule: PropagationRule,
  clause: Clause.nullable().default(null),
  /** Obligations that travel; absent: all, and none where a rule stops. With `review`: what is due in any case. */
  only: z.array(word).optional(),
  /** A ban, or a question, that arises only when the result is used for commerce. */
  onlyWhenCommercial: z.boolean().optional(),
  /** A ban that bites only when copies of the result are shared. */
  onlyWhenShared: z.boolean().optional(),
  /** Limits and permissions travel with `obligations-only` as well, e.g. non-commercial; beside a ban or a question, too. */
  keepsLimits: z.boolean().optional(),
  /** All terms travel beside a ban or a question. */
  keepsTerms: z.boolean().optional(),
});

/** By which a text is recognised that there is no fingerprint of. */
export const LicenseMarkers = z.object({
  /** All must occur for the licence to be recognised. Case, white space and punctuation do not count. */
  required: z.array(z.string()).default([]),
  supporting: z.array(z.string()).default([]),
  /** None may occur: words of near misses. */
  absent: z.array(z.string()).default([]),
  /** For texts that others amend: where the body begins and ends, its letters and digits, and how many may stand before it (a heading, copyright lines). Nothing may follow but an appendix of the text itself. */
  body: z
    .object({ begins: z.string(), ends: z.string(), characters: z.int(), tolerance: z.int(), before: z.int(), appendix: z.object({ begins: z.string(), characters: z.int() }).optional() })
    .optional(),
});

/** One licence, to the clause. A reading of its text for engineers, not legal advice. */
export const License = z
  .object({
    id: LicenseId,
    /** As people call it. */
    name: z.string().min(1),
    /** As the text is headed, with its date. */
    title: z.string().min(1),
    family: z.string().min(1),
    steward: z.string().min(1),
    /** Where the text was read. */
    source: z.string().min(1),
    checkedOn: z.iso.date(),
    osiApproved: z.boolean(),
    /** Publishers who are the licensor. Empty: a general text, whose licensor is whoever published under it. */
    licensors: z.array(z.string()).default([]),
    /** The date that `at-release-date` limits count from, if the text states one. */
    releaseDate: z.iso.date().nullable().default(null),
    permissions: z.record(z.enum(permissionNames), Grant),
    obligations: z.array(LicenseObligation).max(30).default([]),
    limits: z.array(LicenseLimit).default([]),
    fieldOfUse: z.array(FieldOfUseRestriction).default([]),
    /** More restrictions stand at a place outside the text that was not read or may change: restricted purposes that are not listed need a person. */
    unreadPolicy: z.object({ clause: Clause, text: z.string() }).nullable().default(null),
    regionExclusions: z.array(RegionExclusion).default([]),
    outputRule: OutputRule,
    propagation: z.record(LineageRelation, Propagation),
    /** Forbids further restrictions on copies, so it cannot be joined with restricted parents. */
    copyleft: z.object({ clause: Clause, compatibleWith: z.array(LicenseId).default([]) }).nullable().default(null),
    markers: LicenseMarkers,
    /** `license` and `license_name` values of model cards and GGUF files that mean this licence and no other. */
    hfTags: z.array(z.string()).default([]),
    /** Parts of a `license_link` that mean this licence and no other. */
    links: z.array(z.string()).default([]),
    /** `text`: read whole. `part`: some clauses. `secondary`: others' descriptions. */
    confidence: z.enum(['text', 'part', 'secondary', 'memory']),
    /** False: known by name only; every use needs a person. */
    textRead: z.boolean().default(true),
    notes: z.array(z.string()).default([]),
  })
  .meta({ id: 'License', description: 'A licence of the catalogue, to the clause; a reading for engineers, not legal advice' });
export type License = z.infer<typeof License>;

/** What a list of licences shows. */
export const LicenseSummary = License.pick({ id: true, name: true, title: true, family: true, steward: true, osiApproved: true, confidence: true, checkedOn: true, hfTags: true }).meta({ id: 'LicenseSummary' });
export type LicenseSummary = z.infer<typeof LicenseSummary>;
