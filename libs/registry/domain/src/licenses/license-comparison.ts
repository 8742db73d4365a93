import { z } from 'zod';
import { fieldOfUseMeanings } from '../use-cases/field-of-use.ts';
import type { FieldOfUseRestriction, License, LicenseAnswer, LicenseLimit, LicenseObligation, ObligationTrigger, PropagationRule, RegionExclusion } from './license.ts';
import { permissionNames } from './license.ts';
import { LineageRelation } from '../lineage/lineage.ts';
import { TrainTarget } from '../use-cases/use-case-facts.ts';

export const ComparisonTopic = z.enum(['permissions', 'limits', 'obligations', 'field-of-use', 'regions', 'outputs', 'propagation']);
export type ComparisonTopic = z.infer<typeof ComparisonTopic>;

/** What one licence says, in plain words, and where. */
export const ComparedTerm = z.object({ clauses: z.array(z.string()), words: z.string() });
export type ComparedTerm = z.infer<typeof ComparedTerm>;

/** One subject, as each of the two licences has it; null: it says nothing of it. */
export const ComparedRow = z.object({
  /** Stable within its topic: the name of a permission or limit, the code of an obligation, a word of the field-of-use vocabulary, a relation. */
  subject: z.string(),
  label: z.string(),
  /** `equal`: the same meaning, whatever the numbers of the clauses. */
  relation: z.enum(['equal', 'differs', 'left-only', 'right-only']),
  left: ComparedTerm.nullable(),
  right: ComparedTerm.nullable(),
});
export type ComparedRow = z.infer<typeof ComparedRow>;

export const LicenseComparison = z
  .object({ left: z.string(), right: z.string(), topics: z.array(z.object({ topic: ComparisonTopic, rows: z.array(ComparedRow) })) })
  .meta({ id: 'LicenseComparison', description: 'Two licences side by side: per topic, what is equal, what differs, and what only one of them says' });
export type LicenseComparison = z.infer<typeof LicenseComparison>;

type Rows = Map<string, { readonly label: string; readonly term: ComparedTerm }>;

/** Two licences side by side, topic by topic. Rows are in the order of the left one, then what only the right one says. */
export function compareLicenses(left: License, right: License): LicenseComparison {
  return {
    left: left.id,
    right: right.id,
    topics: ComparisonTopic.options.map((topic) => ({ topic, rows: compareRows(rowsOf[topic](left), rowsOf[topic](right)) })),
  };
}

function compareRows(left: Rows, right: Rows): ComparedRow[] {
  return [...new Set([...left.keys(), ...right.keys()])].map((subject) => {
    const mine = left.get(subject);
    const theirs = right.get(subject);
    const relation = mine === undefined ? 'right-only' : theirs === undefined ? 'left-only' : mine.term.words === theirs.term.words ? 'equal' : 'differs';
    return { subject, label: (mine ?? theirs)?.label ?? subject, relation, left: mine?.term ?? null, right: theirs?.term ?? null };
  });
}

/** What a text says twice under one subject is one row with both clauses. */
function add(rows: Rows, subject: string, label: string, clause: string | null, words: string): void {
  const known = rows.get(subject);
  const clauses = clause === null ? [] : [clause];
  if (known === undefined) rows.set(subject, { label, term: { clauses, words } });
  else rows.set(subject, { label: known.label, term: { clauses: [...known.term.clauses, ...clauses], words: known.term.words.includes(words) ? known.term.words : `${known.term.words} ${words}` } });
}

const answers: Readonly<Record<LicenseAnswer, string>> = { yes: 'Yes.', no: 'No.', conditional: 'Yes, within the limits and duties of the licence.', silent: 'The text does not say.' };
const spaced = (name: string): string => name.replaceAll('-', ' ');
const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const sentence = (...parts: readonly (string | undefined | false)[]): string => parts.filter((part) => part !== undefined && part !== false && part !== '').join(' ');

const rowsOf: Readonly<Record<ComparisonTopic, (license: License) => Rows>> = {
  permissions: ({ permissions }) => {
    const rows: Rows = new Map();
    for (const name of permissionNames) add(rows, name, capital(spaced(name)), permissions[name].clause, sentence(answers[permissions[name].answer], permissions[name].text));
    return rows;
  },
  limits: ({ limits }) => {
    const rows: Rows = new Map();
    for (const limit of limits) add(rows, limit.name, capital(spaced(limit.name)), limit.clause, limitWords(limit));
    return rows;
  },
  obligations: ({ obligations }) => {
    const rows: Rows = new Map();
    for (const obligation of obligations) add(rows, obligation.code, capital(spaced(obligation.code)), obligation.clause, obligationWords(obligation));
    return rows;
  },
  'field-of-use': ({ fieldOfUse, unreadPolicy }) => {
    const rows: Rows = new Map();
    for (const restriction of fieldOfUse) add(rows, restriction.word, capital(fieldOfUseMeanings[restriction.word]), restriction.clause, restrictionWords(restriction));
    if (unreadPolicy !== null) add(rows, 'unread-policy', 'More restrictions elsewhere', unreadPolicy.clause, unreadPolicy.text);
    return rows;
  },
  regions: ({ regionExclusions }) => {
    const rows: Rows = new Map();
    for (const exclusion of regionExclusions) for (const region of exclusion.regions) add(rows, `${exclusion.subject} ${region}`, `${exclusion.subject === 'licensee' ? 'Seated in' : 'Users in'} ${region}`, exclusion.clause, exclusionWords(exclusion));
    return rows;
  },
  outputs: ({ outputRule }) => {
    const rows: Rows = new Map();
    for (const target of TrainTarget.options) {
      const { answer, clause, condition, text } = outputRule[target];
      add(rows, target, targets[target], clause, sentence(answers[answer], condition !== undefined && `Only under the condition "${condition}".`, text));
    }
    return rows;
  },
  propagation: ({ propagation, copyleft }) => {
    const rows: Rows = new Map();
    for (const relation of LineageRelation.options) {
      const { rule, clause, only, onlyWhenShared, onlyWhenCommercial, keepsLimits, keepsTerms } = propagation[relation];
      add(rows, relation, relations[relation], clause, sentence(rules[rule], only !== undefined && `Of the duties: ${only.map(spaced).join(', ')}.`, onlyWhenShared === true && 'Only when the result is shared.', onlyWhenCommercial === true && 'Only when the result is used commercially.', keepsTerms === true ? 'All terms travel as well.' : keepsLimits === true && 'Limits and permissions travel as well.'));
    }
    if (copyleft !== null) add(rows, 'no-further-restrictions', 'No further restrictions on copies', copyleft.clause, sentence('Copies may carry no further restrictions.', copyleft.compatibleWith.length > 0 && `May be joined with ${copyleft.compatibleWith.join(', ')}.`));
    return rows;
  },
};

const targets: Readonly<Record<TrainTarget, string>> = {
  'same-family': 'Train a model of the same family',
  'other-llm': 'Train another language model',
  'non-llm-internal': 'Train a model that is no language model, in house',
  'non-llm-released': 'Train a model that is no language model, and release it',
};

const relations: Readonly<Record<LineageRelation, string>> = { finetune: 'Finetunes', adapter: 'Adapters', quantized: 'Quantized copies', merge: 'Merges', distilled: 'Models trained on outputs' };

const rules: Readonly<Record<PropagationRule, string>> = {
  'same-license': 'All terms travel: it stays under this licence.',
  'pass-on-restrictions': 'All terms travel: whoever gets it must be bound by them.',
  'obligations-only': 'Only duties travel.',
  none: 'Nothing travels.',
  unlicensed: 'There is no right to make it.',
  'separate-model': 'It may not be made.',
  'contract-only': 'Binds who makes it, not who uses it.',
  review: 'The text leaves it open.',
};

const triggers: Readonly<Record<ObligationTrigger, string>> = {
  any: 'For every use, internal use too.',
  available: 'As soon as others are served, or get it.',
  copies: 'When copies are handed over.',
  'model-released': 'When a model made from it, or from its outputs, is published or offered.',
};

const effects: Readonly<Record<LicenseLimit['effect'], string>> = {
  deny: 'Beyond it there are no rights.',
  'request-license': 'Beyond it, another licence has to be asked for.',
  review: 'Beyond it, a person has to decide.',
  obligation: 'Beyond it, more duties arise.',
  note: 'For information.',
};

const scopes: Readonly<Record<LicenseLimit['scope'], string>> = { licensee: '', 'licensee-and-affiliates': 'Affiliates count as well.', product: 'Counted for the one product that uses the model.' };

const limitWords = ({ text, threshold, comparison, clock, scope, commercialOnly, effect, perMonth }: LicenseLimit): string =>
  sentence(
    text,
    threshold !== null && `Bites ${comparison === 'strict' ? 'above' : 'at'} ${threshold.toLocaleString('en-US')}${perMonth === true ? ' a month' : ''}.`,
    scopes[scope],
    clock === 'at-release-date' && 'Counted once, for the month before the release.',
    commercialOnly && 'For commercial use only.',
    effects[effect],
  );

const obligationWords = ({ text, trigger, when, commercialOnly, purposes, whenLimits }: LicenseObligation): string =>
  sentence(
    text,
    triggers[trigger],
    when !== undefined && `When: ${when}.`,
    commercialOnly === true && 'For commercial use only.',
    purposes !== undefined && `For: ${purposes.map(spaced).join(', ')}.`,
    whenLimits !== undefined && `Beyond the limit: ${whenLimits.map(spaced).join(', ')}.`,
  );

const restrictionWords = ({ suffixes, effect, otherwise, text }: FieldOfUseRestriction): string =>
  sentence(effect === 'deny' ? 'Prohibited.' : 'Reached in part.', suffixes.length > 0 && `Only ${suffixes.map((suffix) => narrowings[suffix]).join(' and ')}.`, otherwise === 'review' && 'In part even otherwise.', text);

const narrowings: Readonly<Record<FieldOfUseRestriction['suffixes'][number], string>> = {
  intent: 'with intent to harm or deceive',
  auto: 'without a human decision',
  undisclosed: 'when it is not shown to be machine-made',
  consent: 'without consent',
  rights: 'without the right or authorisation',
  approval: 'unless the provider approved it',
  'unless-law': 'where the law forbids it',
  unlicensed: 'without the professional or licence that the law asks for',
};

const exclusionWords = ({ text, multimodalOnly }: RegionExclusion): string => sentence(text, multimodalOnly && 'Multimodal models only.');
