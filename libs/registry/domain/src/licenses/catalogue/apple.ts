import { conditional, defineLicense, duty, no, outputsUnsaid, propagates, silent, yes } from './define-license.ts';

const shared = { family: 'Apple', steward: 'Apple', licensors: ['Apple', 'Apple Inc.', 'apple'] };

export const appleAmlr = defineLicense({
  ...shared,
  id: 'LicenseRef-Apple-AMLR',
  name: 'Apple Machine Learning Research Model License',
  title: 'Apple Machine Learning Research Model License Agreement, (C) 2025',
  source: 'apple/ml-fastvlm LICENSE_MODEL; paragraphs counted',
  permissions: {
    'commercial-use': no('~1'),
    modification: conditional('~1, ~2', 'For research.'),
    distribution: conditional('~2', 'For research.'),
    hosting: conditional('~1', 'For research.'),
    sublicensing: no('~1'),
    'patent-grant': no('~3', 'Expressly none.'),
  },
  obligations: [
    duty('include-license', 'copies', '~2'),
    { code: 'include-notice', trigger: 'copies', clause: '~2', line: 'Apple Machine Learning Research Model is licensed under the Apple Machine Learning Research Model License Agreement.', text: 'Ship this line: Apple Machine Learning Research Model is licensed under the Apple Machine Learning Research Model License Agreement.' },
    duty('state-changes', 'copies', '~2', { when: 'modified', text: 'Mark what you made from it as a derivative, and say what you changed.' }),
    duty('no-endorsement', 'available', '~2'),
  ],
  limits: [
    { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '~1', text: 'No commercial exploitation, product development or use in a commercial product or service.' },
    { name: 'research-only', measure: 'purposes', purposes: ['research'], effect: 'request-license', clause: '~1', text: 'Research purposes alone are permitted.' },
  ],
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '~1, ~2' }, 'review'),
  markers: { required: ['Apple Machine Learning Research Model', 'exclusively for Research Purposes'] },
  hfTags: ['apple-amlr'],
  confidence: 'text',
  notes: ['The LICENSE file beside it is a permissive Apple text for the code.', 'Nothing is said about outputs or distillation.'],
});

export const appleSampleCode = defineLicense({
  ...shared,
  id: 'LicenseRef-Apple-Sample-Code',
  name: 'Apple Sample Code License',
  title: 'Apple software licence ("In consideration of your agreement to abide by the following terms")',
  source: 'apple/ml-ferret LICENSE; scancode-licensedb apple-ml-ferret-2023',
  permissions: { 'commercial-use': yes('~2', "Not restricted, under Apple's copyrights alone."), modification: yes('~2'), distribution: yes('~2'), hosting: yes('~2'), sublicensing: silent(), 'patent-grant': no('~2', 'Expressly none.') },
  obligations: [duty('retain-copyright', 'copies', '~2', { when: 'it is handed on whole and unchanged' }), duty('no-endorsement', 'available', '~2')],
  outputRule: outputsUnsaid(),
  propagation: propagates('none', 'none'),
  markers: { required: ["Apple grants you a personal, non-exclusive license, under Apple's copyrights in this original Apple software"], supporting: ['Neither the name, trademarks, service marks or logos of Apple Inc. may be used to endorse or promote products'] },
  hfTags: ['apple-ascl', 'apple-sample-code-license'],
  confidence: 'text',
  notes: ['A README beside it may restrict the weights more (Ferret: CC-BY-NC and research only): the stricter statement wins.'],
});
