import type { LicenseExample } from './license-examples.ts';
import type { LineageVersion } from '../lineage/lineage.ts';

const under = (license: string): string => `under-${license.toLowerCase()}@1`;
const student = (license: string): string => `student-${license.toLowerCase()}@1`;
const tuned = (license: string): string => `tuned-${license.toLowerCase()}@1`;

const noticeTexts = ['BSD-2-Clause', 'BSD-3-Clause-Clear', 'ISC', 'Zlib', 'NCSA', 'PostgreSQL', 'BSL-1.0', 'ECL-2.0', 'AFL-3.0'] as const;
const freeTexts = ['0BSD', 'MIT-0', 'Unlicense', 'WTFPL', 'PDDL-1.0'] as const;
const gplTexts = ['GPL-2.0-only', 'GPL-2.0-or-later', 'GPL-3.0-only', 'GPL-3.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later', 'MPL-2.0', 'EPL-2.0'] as const;
const networkTexts = ['AGPL-3.0-only', 'AGPL-3.0-or-later', 'OSL-3.0'] as const;
const dataTexts = ['CDLA-Permissive-1.0', 'CDLA-Permissive-2.0', 'C-UDA-1.0', 'ODC-By-1.0', 'etalab-2.0'] as const;
const freeCreativeCommons = ['CC-BY-2.0', 'CC-BY-2.5', 'CC-BY-3.0'] as const;
const nonCommercialCreativeCommons = ['CC-BY-NC-2.0', 'CC-BY-NC-3.0', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-2.0', 'CC-BY-NC-SA-3.0', 'CC-BY-NC-SA-4.0', 'CC-BY-NC-ND-3.0', 'CC-BY-NC-ND-4.0'] as const;
const studentTexts = ['CC-BY-NC-2.0', 'CC-BY-NC-3.0', 'CC-BY-NC-4.0'] as const;
const noDerivatives = ['CC-BY-ND-4.0', 'CC-BY-NC-ND-3.0', 'CC-BY-NC-ND-4.0'] as const;

/** One model under each general text, and one that somebody tuned from it. Who publishes does not matter for these. */
export const softwareExampleVersions: readonly LineageVersion[] = [
  ...[...noticeTexts, ...freeTexts, ...gplTexts, ...networkTexts, ...dataTexts, ...freeCreativeCommons, ...nonCommercialCreativeCommons, 'CC-BY-ND-4.0', 'BSD-3-Clause', 'OpenMDW-1.0', 'OpenMDW-1.1', 'MS-PL', 'ODbL-1.0', 'CC0-1.0', 'CC-BY-4.0', 'CC-BY-SA-3.0', 'CC-BY-SA-4.0'].flatMap((license) => [
    { ref: under(license), publisher: 'Acme', license, baseModels: [] },
    { ref: tuned(license), publisher: 'Someone', license: 'Apache-2.0', baseModels: [{ ref: under(license), relation: 'finetune' as const }] },
  ]),
  { ref: 'gpl-llama-merge@1', publisher: 'Someone', license: 'GPL-3.0-only', baseModels: [{ ref: under('GPL-3.0-only'), relation: 'merge' }, { ref: 'llama-3.1-8b@1', relation: 'merge' }] },
  { ref: 'gpl-later-merge@1', publisher: 'Someone', license: 'GPL-3.0-only', baseModels: [{ ref: under('GPL-2.0-or-later'), relation: 'merge' }, { ref: under('GPL-3.0-only'), relation: 'merge' }] },
  { ref: 'gpl-versions-merge@1', publisher: 'Someone', license: 'GPL-3.0-only', baseModels: [{ ref: under('GPL-2.0-only'), relation: 'merge' }, { ref: under('GPL-3.0-only'), relation: 'merge' }] },
  { ref: 'gpl-agpl-merge@1', publisher: 'Someone', license: 'AGPL-3.0-only', baseModels: [{ ref: under('GPL-3.0-only'), relation: 'merge' }, { ref: under('AGPL-3.0-only'), relation: 'merge' }] },
  ...studentTexts.map((license) => ({ ref: student(license), publisher: 'Someone', license: 'MIT', baseModels: [{ ref: under(license), relation: 'distilled' as const }] })),
  { ref: 'sa-student@1', publisher: 'Someone', license: 'MIT', baseModels: [{ ref: under('CC-BY-SA-4.0'), relation: 'distilled' }] },
];

const service = { commercial: true, distribution: 'service' } as const;
const embedded = { commercial: true, distribution: 'embedded' } as const;

/** Software, data and content licences on weights: nothing is owed for running a model, and copies owe notices, source or the same licence. */
export const softwareExamples: readonly LicenseExample[] = [
  ...[...noticeTexts, 'BSD-3-Clause', 'OpenMDW-1.0', 'OpenMDW-1.1', 'CC-BY-4.0'].flatMap((license): LicenseExample[] => [
    { name: `${license} as a paid service owes nothing`, model: under(license), useCase: service, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license} inside a product that is sold owes notices`, model: under(license), useCase: embedded, decision: 'allow_with_obligations', reasons: [], clauses: [] },
    { name: `${license} restricts no purpose`, model: under(license), useCase: { purposes: ['military'] }, decision: 'allow', reasons: ['not-listed:military'], clauses: [] },
  ]),
  ...freeTexts.flatMap((license): LicenseExample[] => [
    { name: `${license} inside a product that is sold owes nothing`, model: under(license), useCase: embedded, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license} leaves nothing on what is tuned from it`, model: tuned(license), useCase: service, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  ]),
  ...gplTexts.flatMap((license): LicenseExample[] => [
    { name: `${license} inside a company`, model: under(license), useCase: { commercial: true }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license} as a service conveys nothing`, model: under(license), useCase: service, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license}, weights handed over: what the source of weights is nobody has settled`, model: under(license), useCase: embedded, decision: 'review', reasons: ['limit:source-of-weights'], clauses: [] },
  ]),
  ...networkTexts.flatMap((license): LicenseExample[] => [
    { name: `${license} inside a company`, model: under(license), useCase: { commercial: true }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license} tuned and offered over a network: is that a modified version?`, model: tuned(license), useCase: service, decision: 'review', reasons: ['limit:source-for-network-users'], clauses: [[license, license === 'OSL-3.0' ? '5' : '13']] },
    { name: `${license}, weights handed over`, model: under(license), useCase: embedded, decision: 'review', reasons: ['limit:source-of-weights'], clauses: [] },
  ]),
  { name: 'AGPL-3.0 offered unchanged: section 13 speaks of modified versions', model: under('AGPL-3.0-only'), useCase: service, decision: 'allow_with_obligations', reasons: [], clauses: [['AGPL-3.0-only', '13']], obligations: ['disclose-source'] },
  { name: 'GPL-3.0 weights merged with Llama cannot be handed on', model: 'gpl-llama-merge@1', useCase: { distribution: 'weights' }, decision: 'deny', reasons: ['license-conflict', 'limit:source-of-weights'], clauses: [['GPL-3.0-only', '10']] },
  { name: 'GPL-3.0 weights merged with Llama, used inside', model: 'gpl-llama-merge@1', useCase: {}, decision: 'allow_with_obligations', reasons: [], clauses: [['LicenseRef-Llama-3.1', '5.c']] },
  { name: 'GPL-2.0 or later may be joined with GPL-3.0', model: 'gpl-later-merge@1', useCase: { distribution: 'weights' }, decision: 'review', reasons: ['limit:source-of-weights', 'limit:source-of-weights'], clauses: [] },
  { name: 'GPL-2.0 alone may not', model: 'gpl-versions-merge@1', useCase: { distribution: 'weights' }, decision: 'deny', reasons: ['license-conflict', 'license-conflict', 'limit:source-of-weights', 'limit:source-of-weights'], clauses: [['GPL-2.0-only', '6'], ['GPL-3.0-only', '10']] },
  { name: 'GPL-3.0 and AGPL-3.0 may be joined', model: 'gpl-agpl-merge@1', useCase: { distribution: 'weights' }, decision: 'review', reasons: ['limit:source-of-weights', 'limit:source-of-weights'], clauses: [] },
  { name: 'MS-PL inside a product', model: under('MS-PL'), useCase: embedded, decision: 'allow_with_obligations', reasons: [], clauses: [['MS-PL', '3(D)']] },
  { name: 'MS-PL inside a company', model: under('MS-PL'), useCase: { commercial: true }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  { name: 'MS-PL as a service', model: under('MS-PL'), useCase: service, decision: 'allow_with_obligations', reasons: [], clauses: [['MS-PL', '3(A)']], obligations: ['no-endorsement'] },

  ...dataTexts.flatMap((license): LicenseExample[] => [
    { name: `${license} inside a company`, model: under(license), useCase: { commercial: true }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license} handed over in a product`, model: under(license), useCase: embedded, decision: 'allow_with_obligations', reasons: [], clauses: [] },
  ]),
  { name: 'ODbL-1.0 inside a company', model: under('ODbL-1.0'), useCase: { commercial: true }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  { name: 'ODbL-1.0, what was tuned from it, offered to others', model: tuned('ODbL-1.0'), useCase: service, decision: 'allow_with_obligations', reasons: [], clauses: [['ODbL-1.0', '4.4'], ['ODbL-1.0', '4.6']] },

  ...freeCreativeCommons.flatMap((license): LicenseExample[] => [
    { name: `${license} as a paid service`, model: under(license), useCase: service, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license} handed over names its author`, model: under(license), useCase: embedded, decision: 'allow_with_obligations', reasons: [], clauses: [[license, '4(b)']] },
  ]),
  { name: 'CC0-1.0 inside a product', model: under('CC0-1.0'), useCase: embedded, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  { name: 'CC0-1.0 leaves nothing on what is tuned from it', model: tuned('CC0-1.0'), useCase: embedded, decision: 'allow_with_obligations', reasons: [], clauses: [['Apache-2.0', '4(a)']] },
  { name: 'CC-BY-SA-3.0 as a service', model: under('CC-BY-SA-3.0'), useCase: service, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  { name: 'CC-BY-SA-3.0, tuned and published: the same licence', model: tuned('CC-BY-SA-3.0'), useCase: { distribution: 'weights' }, decision: 'allow_with_obligations', reasons: [], clauses: [['CC-BY-SA-3.0', '4(b)']] },
  { name: 'CC-BY-SA-4.0, tuned and published: the same licence', model: tuned('CC-BY-SA-4.0'), useCase: { distribution: 'weights' }, decision: 'allow_with_obligations', reasons: [], clauses: [['CC-BY-SA-4.0', '3(b)']] },
  { name: 'CC-BY-SA-4.0, whether outputs make a student share alike', model: 'sa-student@1', useCase: {}, decision: 'review', reasons: ['output-training'], clauses: [] },
  { name: 'CC-BY-SA-4.0 as a service', model: under('CC-BY-SA-4.0'), useCase: service, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  ...nonCommercialCreativeCommons.flatMap((license): LicenseExample[] => [
    { name: `${license} in research`, model: under(license), useCase: { purposes: ['research'] }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
    { name: `${license} as a paid service`, model: under(license), useCase: service, decision: 'deny', reasons: ['limit:non-commercial'], clauses: [] },
    { name: `${license}, nobody says whether for commerce`, model: under(license), useCase: { commercial: null }, decision: 'review', reasons: ['missing-fact:commercial'], clauses: [] },
  ]),
  ...noDerivatives.flatMap((license): LicenseExample[] => [
    { name: `${license}: what is tuned from it stays inside`, model: tuned(license), useCase: { purposes: ['research'] }, decision: 'allow', reasons: [], clauses: [] },
    { name: `${license}: what is tuned from it, offered as a service: is that sharing?`, model: tuned(license), useCase: { purposes: ['research'], distribution: 'service' }, decision: 'review', reasons: ['permission:modification'], clauses: [] },
    { name: `${license}: what is tuned from it may not be published`, model: tuned(license), useCase: { purposes: ['research'], distribution: 'weights' }, decision: 'deny', reasons: ['permission:modification'], clauses: [] },
  ]),
  ...(['CC-BY-NC-ND-3.0', 'CC-BY-NC-ND-4.0'] as const).map((license): LicenseExample => ({ name: `${license}: what is tuned from it stays non-commercial inside, too`, model: tuned(license), useCase: { commercial: true }, decision: 'deny', reasons: ['limit:non-commercial'], clauses: [] })),
  ...studentTexts.flatMap((license): LicenseExample[] => [
    { name: `${license}: a commercial student of its outputs`, model: student(license), useCase: { commercial: true }, decision: 'deny', reasons: ['output-training'], clauses: [] },
    { name: `${license}: a student, nobody says whether for commerce`, model: student(license), useCase: { commercial: null }, decision: 'review', reasons: ['missing-fact:commercial'], clauses: [] },
    { name: `${license}: a student in research`, model: student(license), useCase: { purposes: ['research'] }, decision: 'allow', reasons: [], clauses: [], obligations: [] },
  ]),
  { name: 'CC-BY-ND-4.0 unchanged in a product', model: under('CC-BY-ND-4.0'), useCase: embedded, decision: 'allow_with_obligations', reasons: [], clauses: [['CC-BY-ND-4.0', '3(a)(1)']] },
];
