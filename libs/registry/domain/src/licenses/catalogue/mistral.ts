import { conditional, defineLicense, duty, no, noticeFile, outputsMakeDerivatives, outputsUnsaid, propagates, silent, yes } from './define-license.ts';

const shared = { family: 'Mistral', steward: 'Mistral AI', licensors: ['Mistral AI', 'mistralai', 'Mistral'] };

export const mistralResearch = defineLicense({
  ...shared,
  id: 'LicenseRef-MistralAI-MRL-0.1',
  name: 'Mistral AI Research License',
  title: 'Mistral AI Research License, MRL-0.1 (2024)',
  source: 'mistral.ai/licenses/MRL-0.1.md',
  permissions: {
    'commercial-use': no('3.2'),
    modification: yes('2.1'),
    distribution: conditional('9', 'Never by a commercial entity, free or paid.'),
    hosting: conditional('9', 'Not by a commercial entity, even for free.'),
    sublicensing: no('2.1'),
    'patent-grant': silent(),
  },
  obligations: [
    duty('include-license', 'copies', '2.2'),
    noticeFile('Licensed by Mistral AI under the Mistral AI Research License', '2.2'),
    duty('state-changes', 'copies', '2.3', { when: 'modified' }),
    duty('no-endorsement', 'available', '3.1'),
    duty('indemnify', 'any', '5.2'),
  ],
  limits: [
    { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '3.2, 9', text: 'Only non-profit and non-commercial use is permitted, not connected to business operations even indirectly.' },
    { name: 'research-only', measure: 'purposes', purposes: ['research'], effect: 'request-license', clause: '3.2, 9', text: 'Only personal, scientific or academic research is permitted; daily tasks of employees and proofs of concept for a product are named as outside.' },
  ],
  outputRule: outputsMakeDerivatives('3.2, 4.2'),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '4.3' }, { rule: 'pass-on-restrictions', clause: '3.2, 4.2' }),
  markers: { required: ['Mistral AI Research License'], supporting: ['Derivatives (whether or not created by Mistral AI) and Outputs for Research Purposes', 'Licensed by Mistral AI under the Mistral AI Research License'] },
  hfTags: ['mrl', 'mistral-ai-research-license', 'mistral-research-license'],
  links: ['mistral.ai/licenses/mrl-0.1'],
  confidence: 'text',
  notes: ['Outputs are limited to research too: text that was already made is not licensed for commercial use.'],
});

export const mistralNonProduction = defineLicense({
  ...shared,
  id: 'LicenseRef-MistralAI-MNPL-0.1',
  name: 'Mistral AI Non-Production License',
  title: 'Mistral AI Non-Production License, MNPL-0.1 (May 2024)',
  source: 'mistral.ai/licenses/MNPL-0.1.md, sections 3.2, 3.3 and 4.2 as quoted',
  permissions: { 'commercial-use': no('3.2'), modification: yes('3.2'), distribution: silent(), hosting: conditional('3.2', 'Not in the course of a commercial activity, paid or free.'), sublicensing: silent(), 'patent-grant': silent() },
  limits: [
    { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '3.2, 3.3', text: 'Supply in the course of a commercial activity is not permitted, nor behind a software layer.' },
    { name: 'non-production', measure: 'purposes', purposes: ['research', 'evaluation', 'testing'], effect: 'request-license', clause: '3.2', text: 'Only testing, research, personal use and evaluation outside production are permitted.' },
  ],
  outputRule: outputsUnsaid('4.2'),
  propagation: propagates({ rule: 'pass-on-restrictions', clause: '3.2' }, 'review'),
  markers: { required: ['Mistral AI Non-Production License'], supporting: ['evaluation purposes in Non-Production Environments', 'or behind a software layer'] },
  hfTags: ['mnpl'],
  links: ['mistral.ai/licenses/mnpl-0.1'],
  confidence: 'part',
});
