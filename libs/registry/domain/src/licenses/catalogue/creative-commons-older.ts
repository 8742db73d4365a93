import type { License, LicenseObligation } from '../license.ts';
import { creativeCommons, studentsWithoutCommerce } from './creative-commons.ts';
import { conditional, defineLicense, duty, no, outputsUnsaid, propagates, silent, yes } from './define-license.ts';

/** Versions 2.0 to 3.0 number their restrictions alike: 4(a) the licence, then share-alike, then commerce, then attribution, as far as each has them. Patents are not mentioned. */
type Element = 'SA' | 'NC' | 'ND';

interface Older {
  readonly id: string;
  readonly version: '2.0' | '2.5' | '3.0';
  readonly elements: readonly Element[];
}

const words: Readonly<Record<Element, string>> = { NC: 'NonCommercial', SA: 'ShareAlike', ND: 'NoDerivs' };
const restrictionOrder: readonly Element[] = ['SA', 'NC'];

function older({ id, version, elements }: Older): License {
  const has = (element: Element) => elements.includes(element);
  const restrictions = restrictionOrder.filter(has);
  const clauseOf = (element: Element) => `4(${'bc'[restrictions.indexOf(element)]})`;
  const attribution = `4(${'bcd'[restrictions.length]})`;
  const name = ['Attribution', ...elements.map((element) => words[element])].join('-');
  const forPurpose = has('NC') ? conditional('3, ' + clauseOf('NC'), 'For non-commercial purposes.') : yes('3');
  const obligations: LicenseObligation[] = [
    duty('include-license', 'copies', '4(a)', { text: 'Say which licence it is, with its text or a link.' }),
    duty('retain-copyright', 'copies', attribution, { text: 'Name the author and the title, and keep the notices.' }),
    ...(has('ND') ? [] : [duty('state-changes', 'copies', version === '3.0' ? '3(b)' : attribution, { when: 'modified' })]),
    ...(has('SA') ? [duty('share-alike', 'copies', clauseOf('SA'), { when: 'modified' })] : []),
  ];
  return defineLicense({
    ...creativeCommons,
    id,
    name: `Creative Commons ${name} ${version}`,
    title: `Creative Commons ${name} ${version} ${version === '3.0' ? 'Unported' : 'Generic'}`,
    source: `SPDX ${id}`,
    permissions: {
      'commercial-use': has('NC') ? no(clauseOf('NC')) : yes('3'),
      modification: has('ND') ? conditional('3', 'Adaptations are not among the granted rights; changes of format are.') : forPurpose,
      distribution: forPurpose,
      hosting: forPurpose,
      sublicensing: no('4(a)'),
      'patent-grant': silent(),
    },
    obligations,
    limits: has('NC')
      ? [{ name: 'non-commercial', measure: 'commercial', effect: 'deny', clause: clauseOf('NC'), text: 'Only uses that are not primarily for commercial advantage or private monetary compensation are permitted.' }]
      : [],
    outputRule: outputsUnsaid(),
    propagation: has('ND')
      ? propagates({ rule: 'unlicensed', onlyWhenShared: true, keepsLimits: has('NC'), clause: '3' }, 'none', { quantized: { rule: 'review', keepsLimits: has('NC') } })
      : has('SA')
        ? propagates({ rule: 'same-license', clause: clauseOf('SA') }, 'review')
        : propagates({ rule: 'obligations-only', keepsLimits: has('NC'), clause: '3, 4' }, has('NC') ? studentsWithoutCommerce(clauseOf('NC')) : 'none'),
    copyleft: has('SA') ? { clause: `4(a), ${clauseOf('SA')}` } : null,
    markers: {
      required: [`${name} ${version}`, 'THE WORK (AS DEFINED BELOW) IS PROVIDED UNDER THE TERMS OF THIS CREATIVE COMMONS PUBLIC LICENSE'],
      absent: (['NC', 'SA', 'ND'] as const).filter((element) => !has(element)).map((element) => `-${words[element]} ${version}`),
    },
    hfTags: [id.toLowerCase()],
    notes: ['Written for content and used for weights: duties attach to copies.'],
  });
}

export const ccBy2 = older({ id: 'CC-BY-2.0', version: '2.0', elements: [] });
export const ccBy25 = older({ id: 'CC-BY-2.5', version: '2.5', elements: [] });
export const ccBy3 = older({ id: 'CC-BY-3.0', version: '3.0', elements: [] });
export const ccBySa3 = older({ id: 'CC-BY-SA-3.0', version: '3.0', elements: ['SA'] });
export const ccByNc2 = older({ id: 'CC-BY-NC-2.0', version: '2.0', elements: ['NC'] });
export const ccByNc3 = older({ id: 'CC-BY-NC-3.0', version: '3.0', elements: ['NC'] });
export const ccByNcNd3 = older({ id: 'CC-BY-NC-ND-3.0', version: '3.0', elements: ['NC', 'ND'] });
export const ccByNcSa2 = older({ id: 'CC-BY-NC-SA-2.0', version: '2.0', elements: ['NC', 'SA'] });
export const ccByNcSa3 = older({ id: 'CC-BY-NC-SA-3.0', version: '3.0', elements: ['NC', 'SA'] });
