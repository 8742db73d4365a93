import type { License, LicenseLimit } from '../license.ts';
import { defineLicense, duty, no, outputsTrainAnything, propagates, silent, yes } from './define-license.ts';

/**
 * Nothing in these texts mentions weights. Whether training data belongs to the "preferred form for making modifications" is unsettled,
 * so handing weights over needs a person; running a model, inside or for others, conveys nothing (GPL-3.0 section 0).
 */
const sourceOfWeights = (clause: string): LicenseLimit => limit('source-of-weights', 'copies', clause, 'Handing over weights asks for the source in the form preferred for making changes, and whether that includes training data and code is not settled.');

/** AGPL-3.0 section 13, OSL-3.0 section 5: modified and offered over a network. Whether tuning a model is modifying the program is not settled. */
const hostedChanges = (clause: string): LicenseLimit => ({ ...limit('source-for-network-users', 'distribution', clause, 'Who offers a modified version over a network owes its users the source, and whether a tuned model is one is not settled.'), whenModified: true });

function limit(name: string, measure: LicenseLimit['measure'], clause: string, text: string): LicenseLimit {
  return { name, threshold: null, comparison: 'strict', measure, scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'review', clause, text };
}

const shared = { family: 'GPL', steward: 'Free Software Foundation (the text); the licensor is the publisher', osiApproved: true, outputRule: outputsTrainAnything(), confidence: 'text' as const };
const version3 = { 'commercial-use': yes('2, 4'), modification: yes('2, 5'), distribution: yes('4-6'), hosting: yes('0, 2'), sublicensing: no('2'), 'patent-grant': yes('11') };
const version2 = { 'commercial-use': yes('0, 1'), modification: yes('2'), distribution: yes('1-3'), hosting: yes('0'), sublicensing: no('4'), 'patent-grant': silent() };

const duties3 = [
  duty('include-license', 'copies', '4'),
  duty('retain-copyright', 'copies', '4, 5'),
  duty('state-changes', 'copies', '5(a)', { when: 'modified', text: 'Say prominently that you changed it, and on which date.' }),
  duty('share-alike', 'copies', '5(c)', { when: 'modified' }),
  duty('disclose-source', 'copies', '6'),
];
const duties2 = [
  duty('include-license', 'copies', '1'),
  duty('retain-copyright', 'copies', '1'),
  duty('state-changes', 'copies', '2(a)', { when: 'modified', text: 'Say prominently that you changed it, and on which date.' }),
  duty('share-alike', 'copies', '2(b)', { when: 'modified' }),
  duty('disclose-source', 'copies', '3'),
];

const inherits = (clause: string) => propagates({ rule: 'same-license', clause }, 'none', { adapter: { rule: 'review', clause } });
const gpl3Family = ['GPL-3.0-only', 'GPL-3.0-or-later', 'AGPL-3.0-only', 'AGPL-3.0-or-later', 'LGPL-3.0-only', 'LGPL-3.0-or-later', 'LGPL-2.1-or-later', 'GPL-2.0-or-later', 'MPL-2.0', 'CC-BY-SA-4.0'];
const gpl2Family = ['GPL-2.0-only', 'GPL-2.0-or-later', 'LGPL-2.1-only', 'LGPL-2.1-or-later', 'MPL-2.0'];

interface Terms {
  readonly number: string;
  readonly name: string;
  readonly dated: string;
  readonly compatibleWith: readonly string[];
  readonly tags: readonly string[];
  readonly markers: License['markers'];
}

/**
 * The two grants of one text: that version alone, or any later one too, which may then be taken under version 3 and joined with what that may be joined with.
 * Which of them it is stands beside the text, so a file alone says "only".
 */
function pair(key: 'GPL' | 'LGPL' | 'AGPL', terms: Terms, more: Pick<Parameters<typeof defineLicense>[0], 'permissions' | 'obligations' | 'limits' | 'propagation'> & { conveying: string }): readonly [License, License] {
  const { conveying, ...rest } = more;
  const one = (suffix: 'only' | 'or-later', tags: readonly string[], markers: License['markers']) =>
    defineLicense({
      ...shared,
      ...rest,
      id: `${key}-${terms.number}-${suffix}`,
      name: `${terms.name} ${terms.number} ${suffix === 'only' ? 'only' : 'or later'}`,
      title: `${terms.name}, Version ${terms.number.replace('.0', '')}, ${terms.dated}`,
      source: `SPDX ${key}-${terms.number}-${suffix}`,
      copyleft: { clause: conveying, compatibleWith: [...new Set([...terms.compatibleWith, ...(suffix === 'or-later' ? gpl3Family : [])])].filter((id) => id !== `${key}-${terms.number}-${suffix}`) },
      markers,
      hfTags: [...tags],
      notes: suffix === 'only' ? ['A tag or text without "or later" is read as this version alone, which grants less.'] : ['The recipient may choose a later version instead.'],
    });
  return [one('only', terms.tags, terms.markers), one('or-later', terms.tags.map((tag) => `${tag}+`), { required: [], supporting: [], absent: [] })];
}

export const [gpl3Only, gpl3OrLater] = pair(
  'GPL',
  { number: '3.0', name: 'GNU General Public License', dated: '29 June 2007', compatibleWith: gpl3Family, tags: ['gpl-3.0'], markers: { required: ['GNU GENERAL PUBLIC LICENSE', 'Version 3, 29 June 2007', 'You may not impose any further restrictions on the exercise of the rights granted or affirmed under this License'], supporting: [], absent: ['commons clause', 'Remote Network Interaction', 'supplemented by the additional permissions listed below'] } },
  { permissions: version3, obligations: duties3, limits: [sourceOfWeights('1, 6')], propagation: inherits('5(c)'), conveying: '10' },
);

export const [gpl2Only, gpl2OrLater] = pair(
  'GPL',
  { number: '2.0', name: 'GNU General Public License', dated: 'June 1991', compatibleWith: gpl2Family, tags: ['gpl-2.0'], markers: { required: ['GNU GENERAL PUBLIC LICENSE', 'Version 2, June 1991', "You may not impose any further restrictions on the recipients' exercise of the rights granted herein"], supporting: [], absent: ['commons clause', 'LIBRARY GENERAL PUBLIC LICENSE'] } },
  { permissions: version2, obligations: duties2, limits: [sourceOfWeights('3')], propagation: inherits('2(b)'), conveying: '6' },
);

export const [agpl3Only, agpl3OrLater] = pair(
  'AGPL',
  { number: '3.0', name: 'GNU Affero General Public License', dated: '19 November 2007', compatibleWith: gpl3Family.filter((id) => id !== 'CC-BY-SA-4.0'), tags: ['agpl-3.0'], markers: { required: ['GNU AFFERO GENERAL PUBLIC LICENSE', 'Version 3, 19 November 2007', 'Remote Network Interaction'], supporting: [], absent: ['commons clause'] } },
  {
    permissions: version3,
    obligations: [...duties3, duty('disclose-source', 'available', '13', { when: 'modified', text: 'Offer everyone who uses your modified version over a network its source.' })],
    limits: [sourceOfWeights('1, 6'), hostedChanges('13')],
    propagation: inherits('5(c), 13'),
    conveying: '10',
  },
);

const lgpl = { propagation: propagates({ rule: 'same-license', clause: '2, 4' }, 'none', { adapter: { rule: 'review', clause: '4' } }) };

export const [lgpl3Only, lgpl3OrLater] = pair(
  'LGPL',
  { number: '3.0', name: 'GNU Lesser General Public License', dated: '29 June 2007', compatibleWith: gpl3Family, tags: ['lgpl-3.0'], markers: { required: ['GNU LESSER GENERAL PUBLIC LICENSE', 'Version 3, 29 June 2007', 'supplemented by the additional permissions listed below'], supporting: [], absent: ['commons clause'] } },
  { permissions: version3, obligations: duties3, limits: [sourceOfWeights('4; GPL-3.0 6')], conveying: 'GPL-3.0 10', ...lgpl },
);

export const [lgpl21Only, lgpl21OrLater] = pair(
  'LGPL',
  { number: '2.1', name: 'GNU Lesser General Public License', dated: 'February 1999', compatibleWith: [...gpl2Family, 'GPL-3.0-only', 'GPL-3.0-or-later'], tags: ['lgpl-2.1'], markers: { required: ['GNU LESSER GENERAL PUBLIC LICENSE', 'Version 2.1, February 1999'], supporting: [], absent: ['commons clause'] } },
  {
    permissions: version2,
    obligations: [duty('include-license', 'copies', '1'), duty('retain-copyright', 'copies', '1'), duty('state-changes', 'copies', '2(b)', { when: 'modified' }), duty('share-alike', 'copies', '2(c)', { when: 'modified' }), duty('disclose-source', 'copies', '4, 6')],
    limits: [sourceOfWeights('4, 6')],
    conveying: '10',
    ...lgpl,
  },
);

export { hostedChanges, sourceOfWeights };
