import type { Decision } from './decision.ts';
import { fieldOfUseWords } from '../use-cases/field-of-use.ts';
import { catalogueBook } from '../licenses/license-book.ts';
import type { LicenseBook } from '../licenses/license-book.ts';
import { prepareDecision } from './license-decision.ts';
import type { LicenseProperty } from './license-property.ts';
import { readLineage } from '../terms/lineage-terms.ts';
import type { LineageTerms } from '../terms/lineage-terms.ts';
import type { FindVersion, LineageVersion } from '../lineage/lineage.ts';
import type { Distribution, UseCaseFacts } from '../use-cases/use-case-facts.ts';

type Decide = (useCase: UseCaseFacts) => Decision;

/** The use that licences allow most readily: somebody in a small place tries something out. */
const modest: UseCaseFacts = { purposes: ['research'], commercial: false, monthlyActiveUsers: 0, annualRevenueUsd: 0, regions: ['US'], licenseeRegion: 'US', distribution: 'internal', trainOnOutputs: false };
const business: UseCaseFacts = { ...modest, commercial: true, purposes: ['customer-support'] };
const distributions: readonly Distribution[] = ['internal', 'service', 'embedded', 'weights'];
const everybody = 100_000_000_000;
const everywhere =
  'AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ DE DJ DK DM DO DZ EC EE EG ER ES ET EU FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NR NZ OM PA PE PG PH PK PL PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VN VU WS YE ZA ZM ZW'.split(
    ' ',
  );

const credits: ReadonlySet<string> = new Set(['attribution', 'display-attribution', 'include-notice', 'retain-copyright']);
const shares: ReadonlySet<string> = new Set(['share-alike', 'disclose-source']);
const unsettled: ReadonlySet<string> = new Set(['unknown-license', 'license-conflict']);

const isAllowed = ({ decision }: Decision): boolean => decision === 'allow' || decision === 'allow_with_obligations';
/** What stands against a use; notes do not. */
const objections = ({ decision, reasons }: Decision): string =>
  decision === 'allow' || decision === 'allow_with_obligations' ? '' : `${decision}: ${reasons.map(({ code, license, clause }) => `${code} ${license ?? ''} ${clause ?? ''}`).toSorted().join(', ')}`;
const differ = (decide: Decide, one: Partial<UseCaseFacts>, other: Partial<UseCaseFacts>): boolean => objections(decide({ ...business, ...one })) !== objections(decide({ ...business, ...other }));

const duties = (decide: Decide): ReadonlySet<string> => new Set(distributions.flatMap((distribution) => decide({ ...business, distribution }).obligations.map(({ code }) => code)));
const owesNone = (decide: Decide, codes: ReadonlySet<string>): boolean => [...duties(decide)].every((code) => !codes.has(code));

/** Each is found out by asking: the rules themselves decide on uses that differ in that one thing. */
const tests: Readonly<Record<Exclude<LicenseProperty, 'osi-approved' | 'known'>, (decide: Decide) => boolean>> = {
  'commercial-use': (decide) => isAllowed(decide(business)),
  hosting: (decide) => isAllowed(decide({ ...modest, distribution: 'service' })),
  redistribution: (decide) => isAllowed(decide({ ...modest, distribution: 'weights' })),
  'no-user-limit': (decide) => !differ(decide, {}, { monthlyActiveUsers: everybody }) && !differ(decide, { distribution: 'service' }, { distribution: 'service', monthlyActiveUsers: everybody }),
  'no-revenue-limit': (decide) => !differ(decide, {}, { annualRevenueUsd: 100_000_000_000_000 }),
  'no-purpose-limits': (decide) => !differ(decide, {}, { purposes: ['nobody-knows', ...fieldOfUseWords] }) && !differ(decide, { purposes: ['research'] }, {}),
  'no-region-limits': (decide) => !differ(decide, {}, { regions: everywhere }) && !differ(decide, {}, { regions: everywhere, licenseeRegion: null }),
  'outputs-may-train': (decide) => isAllowed(decide({ ...modest, trainOnOutputs: true, trainTarget: 'other-llm' })),
  'no-attribution': (decide) => owesNone(decide, credits),
  'no-copyleft': (decide) => owesNone(decide, shares),
  'no-obligations': (decide) => duties(decide).size === 0,
};

const areOpen = (terms: readonly LineageTerms[]): boolean => terms.every(({ license }) => license.entry.osiApproved);

/** The properties of the terms that a version comes with, over its whole lineage. Without known terms there are none. */
export function licenseProperties(root: LineageVersion, find: FindVersion, licenses: LicenseBook = catalogueBook): LicenseProperty[] {
  const decide = prepareDecision({ root, find, licenses });
  if (decide(modest).reasons.some(({ code }) => unsettled.has(code))) return [];
  const held = (Object.keys(tests) as (keyof typeof tests)[]).filter((property) => tests[property](decide));
  const { terms, choices } = readLineage(root, find, licenses);
  const isOpen = areOpen(terms) && choices.every(({ alternatives }) => alternatives.some((each) => each.unknown.length === 0 && areOpen(each.terms)));
  return [...held, ...(isOpen ? (['osi-approved'] as const) : []), 'known'];
}
