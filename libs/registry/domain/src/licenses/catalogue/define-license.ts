import { License } from '../license.ts';
import type { FieldOfUseRestriction, LicenseAnswer, LicenseObligation, ObligationTrigger, OutputRule, PropagationRule } from '../license.ts';
import type { LineageRelation } from '../../lineage/lineage.ts';
import type { z } from 'zod';

type LicenseSource = z.input<typeof License>;
type Grant = NonNullable<LicenseSource['permissions']['hosting']>;

/** The day on which all entries of the first catalogue were read or compared. */
const checkedOn = '2026-11-24';

const silentGrant: Grant = { answer: 'silent' };

/** An entry of the catalogue. Permissions that are left out are silent; propagation is stated for each relation. */
export function defineLicense(source: Omit<LicenseSource, 'checkedOn' | 'permissions' | 'osiApproved'> & { permissions: Partial<LicenseSource['permissions']>; checkedOn?: string; osiApproved?: boolean }): License {
  return License.parse({
    checkedOn,
    osiApproved: false,
    ...source,
    permissions: {
      'commercial-use': silentGrant,
      modification: silentGrant,
      distribution: silentGrant,
      hosting: silentGrant,
      sublicensing: silentGrant,
      'patent-grant': silentGrant,
      'fine-tune-at-provider': silentGrant,
      ...source.permissions,
    },
  });
}

const grant =
  (answer: LicenseAnswer) =>
  (clause: string | null = null, text?: string): Grant => ({ answer, clause, ...(text === undefined ? {} : { text }) });
export const yes = grant('yes');
export const no = grant('no');
export const conditional = grant('conditional');
export const silent = grant('silent');

const dutyTexts = {
  'pass-on-use-restrictions': 'Bind everyone you give it or offer it to by the use restrictions, in terms you can enforce.',
  'include-license': 'Give recipients a copy of the licence.',
  'retain-copyright': 'Keep the copyright notices.',
  'state-changes': 'Say prominently what you changed.',
  indemnify: 'You stand in for claims of third parties that come from your use.',
  'keep-latest-version': 'Make reasonable efforts to use the latest version.',
  'disclose-risks': 'Tell end users the known dangers of your system.',
  'no-endorsement': 'Do not use the names of the authors to promote your product.',
  'keep-documentation': 'Pass on the model card, or one as good.',
  'keep-guardrails': 'Do not bypass or weaken the safeguards.',
  'disclose-ai-generated': 'Tell people that they are dealing with a machine.',
  'share-alike': 'Share what you make from it under the same licence.',
  'disclose-source': 'Offer the source in the form preferred for making changes.',
} as const satisfies Readonly<Record<string, string>>;

/** An obligation in our words. Codes with a general sentence need no text of their own. */
export function duty(code: keyof typeof dutyTexts, trigger: ObligationTrigger, clause: string, more: Partial<LicenseObligation> = {}): LicenseObligation {
  return { code, trigger, clause, text: dutyTexts[code], ...more };
}

/** `include-notice`: a text file named "Notice" with this line. */
export const noticeFile = (line: string, clause: string, trigger: ObligationTrigger = 'copies', more: Partial<LicenseObligation> = {}): LicenseObligation => ({ code: 'include-notice', trigger, clause, line, text: `Ship a text file named "Notice" that says: ${line}`, ...more });

/** `display-attribution`: show this line there. */
export const displayLine = (line: string, where: string, clause: string, more: Partial<LicenseObligation> = {}): LicenseObligation => ({ code: 'display-attribution', trigger: 'available', clause, line, text: `Show "${line}" ${where}.`, ...more });

/** `name-prefix`: performed by who names a model. */
export const namePrefix = (prefix: string, madeFrom: string, clause: string): LicenseObligation => ({
  code: 'name-prefix',
  trigger: 'model-released',
  onMaker: true,
  clause,
  text: `A model that you make or improve with ${madeFrom} and distribute or offer must have a name that begins with "${prefix}".`,
});

type Restriction = z.input<typeof License>['fieldOfUse'];

/** Field-of-use list in the notation of the catalogue: `word!suffix!suffix` to a clause, or to clauses with what else is to be said. */
export function forbids(list: Readonly<Record<string, string | { readonly clause: string; readonly text?: string; readonly effect?: FieldOfUseRestriction['effect']; readonly otherwise?: FieldOfUseRestriction['otherwise'] }>>): NonNullable<Restriction> {
  return Object.entries(list).map(([key, value]) => {
    const [word, ...suffixes] = key.split('!');
    return { word, suffixes, ...(typeof value === 'string' ? { clause: value } : value) } as NonNullable<Restriction>[number];
  });
}

type Propagation = NonNullable<LicenseSource['propagation']>;
type PropagationSource = PropagationRule | Propagation[LineageRelation];
const propagated = (value: PropagationSource): Propagation[LineageRelation] => (typeof value === 'string' ? { rule: value } : value);

/** The same rule for all that contains the weights, and another for what is trained on outputs. */
export function propagates(weights: PropagationSource, distilled: PropagationSource, different: Partial<Record<LineageRelation, PropagationSource>> = {}): Propagation {
  const rule = (relation: LineageRelation, otherwise: PropagationSource) => propagated(different[relation] ?? otherwise);
  return { finetune: rule('finetune', weights), adapter: rule('adapter', weights), quantized: rule('quantized', weights), merge: rule('merge', weights), distilled: propagated(distilled) };
}

type OutputAnswer = OutputRule['other-llm'];
const forAllTargets = (answer: OutputAnswer): OutputRule => ({ 'same-family': answer, 'other-llm': answer, 'non-llm-internal': answer, 'non-llm-released': answer });

/** Outputs may train anything; what the student owes stands in the propagation rule. */
export const outputsTrainAnything = (clause: string | null = null): OutputRule => forAllTargets({ answer: 'yes', clause });
/** A student is a derivative: allowed, and it inherits. */
export const outputsMakeDerivatives = (clause: string): OutputRule => forAllTargets({ answer: 'conditional', clause });
export const outputsUnsaid = (clause: string | null = null): OutputRule => forAllTargets({ answer: 'silent', clause });
/** Not for another language model; for the family itself yes; for other models the text says nothing. */
export const outputsTrainNoOtherModel = (clause: string, more: Partial<OutputRule> = {}): OutputRule => ({
  'same-family': { answer: 'yes', clause },
  'other-llm': { answer: 'no', clause },
  'non-llm-internal': { answer: 'silent', clause },
  'non-llm-released': { answer: 'silent', clause },
  ...more,
});
