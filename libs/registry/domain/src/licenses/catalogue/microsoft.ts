import { conditional, defineLicense, duty, forbids, no, outputsUnsaid, propagates } from './define-license.ts';

const shared = { family: 'Microsoft', steward: 'Microsoft', licensors: ['Microsoft', 'Microsoft Research', 'microsoft'] };

export const msrLa = defineLicense({
  ...shared,
  id: 'LicenseRef-MSR-LA',
  name: 'Microsoft Research License Terms (MSR-LA)',
  title: 'MICROSOFT RESEARCH LICENSE TERMS',
  source: 'rbgirshick/py-faster-rcnn license.txt at commit 7e34c009',
  permissions: {
    'commercial-use': no('~1'),
    modification: conditional('~1', 'Non-commercially.'),
    distribution: conditional('~1', 'Non-commercially, under the same terms.'),
    hosting: no('~2', 'Commercial software hosting services are excluded.'),
    sublicensing: no('~1'),
    'patent-grant': conditional('~1', 'For the software, not for what is made from it.'),
  },
  obligations: [
    duty('include-license', 'copies', '~1'),
    duty('share-alike', 'copies', '~1', { text: 'Hand on what you make from it under the same terms.' }),
    duty('state-changes', 'copies', '~1', { when: 'modified', text: 'Say that you changed it, and on which date.' }),
    duty('retain-copyright', 'copies', '~1'),
    { code: 'grant-back', trigger: 'model-released', clause: '~1', text: 'Microsoft gets an unrestricted licence to your modifications.' },
    duty('no-endorsement', 'available', '~2'),
  ],
  limits: [
    { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '~1', text: 'Only teaching, academic research, public demonstration and personal experimentation are permitted.' },
  ],
  fieldOfUse: forbids({ malware: '~2', fraud: { clause: '~2', text: 'Deceptive programs.' }, 'illegal-activity': '~2' }),
  outputRule: outputsUnsaid(),
  propagation: propagates({ rule: 'same-license', clause: '~1' }, 'review'),
  copyleft: { clause: '~1', compatibleWith: [] },
  markers: { required: ['MICROSOFT RESEARCH LICENSE TERMS'], supporting: ['subject to the restrictions in this MSR-LA'] },
  hfTags: ['msr-la', 'msrla'],
  confidence: 'part',
  notes: ['Ends by itself on a breach, and on any patent suit about the software.', 'The same path in that repository holds MIT today.'],
});

export const microsoftResearch2023 = defineLicense({
  ...shared,
  id: 'LicenseRef-Microsoft-Research-2023',
  name: 'Microsoft Research License (Orca 2, first Phi releases)',
  title: 'Microsoft Research License',
  source: 'named by the model cards of Orca 2, Phi-1 and Phi-1.5; the file was not read',
  permissions: {},
  outputRule: outputsUnsaid(),
  propagation: propagates('review', 'review'),
  markers: {},
  hfTags: ['microsoft-research-license', 'microsoft-research-license-orca-2'],
  confidence: 'secondary',
  textRead: false,
  notes: ['Orca 2 is under Llama 2 as well.', 'Phi-2 and later are MIT; Phi-1 and Phi-1.5 were put under MIT too.'],
});
