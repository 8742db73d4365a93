import { conditional, defineLicense, duty, no, outputsUnsaid, propagates, silent } from './define-license.ts';

const shared = { family: 'AI2', steward: 'Allen Institute for AI', licensors: ['AI2', 'Allen Institute for AI', 'allenai'] };

const impact = (risk: 'Low' | 'Medium', id: string, hfTags: string[], note: string) =>
  defineLicense({
    ...shared,
    id,
    name: `AI2 ImpACT License for ${risk} Risk Artifacts`,
    title: `AI2 ImpACT License - ${risk} Risk Artifacts, version 2.0 (8 January 2024)`,
    source: 'openings of allenai licence files, and descriptions by others',
    permissions: { distribution: silent(), hosting: silent() },
    outputRule: outputsUnsaid(),
    propagation: propagates('review', 'review'),
    markers: { required: [`AI2 ImpACT License`, `${risk} Risk Artifacts`] },
    hfTags,
    confidence: 'secondary',
    textRead: false,
    notes: ['Use restrictions flow down, makers of derivatives file an impact report, and the licence can be revoked (as others describe it).', note],
  });

export const ai2ImpactLow = impact('Low', 'LicenseRef-AI2-ImpACT-LR', ['impact-license-low-risk', 'ai2-impact-license-low-risk'], 'Tulu 2 is under Llama 2 as well; OLMo and later Tulu releases are Apache-2.0.');
export const ai2ImpactMedium = impact('Medium', 'LicenseRef-AI2-ImpACT-MR', ['impact-license-medium-risk', 'ai2-impact-license-medium-risk'], 'The original may not be shared, derivatives may (as others describe it).');

export const ai2Tulu1 = defineLicense({
  ...shared,
  id: 'LicenseRef-AI2-Model-License',
  name: 'AI2 Model License (Tulu v1)',
  title: 'Model license of Tulu v1',
  source: 'allenai/open-instruct assets/model_licenses/tulu_license.txt, sections 1 and 2 in part',
  permissions: { 'commercial-use': no('1.1'), modification: conditional('1.1', 'For research.'), distribution: silent(), hosting: silent(), sublicensing: no('1.1'), 'patent-grant': silent() },
  obligations: [duty('include-license', 'copies', '1.1')],
  limits: [
    { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '1.1', text: 'Non-commercial use alone is permitted.' },
    { name: 'research-only', measure: 'purposes', purposes: ['research'], effect: 'request-license', clause: '1.1', text: 'Research alone is permitted.' },
  ],
  outputRule: outputsUnsaid('1.4'),
  propagation: propagates('pass-on-restrictions', 'review'),
  markers: { required: ['AI2', 'Tulu', 'non-commercial', 'TULU LICENSE'] },
  hfTags: ['ai2-model-license', 'tulu-license'],
  confidence: 'part',
});
