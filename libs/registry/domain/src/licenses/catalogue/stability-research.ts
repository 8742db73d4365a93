import type { License } from '../license.ts';
import { conditional, defineLicense, duty, no, noticeFile, outputsMakeDerivatives, outputsUnsaid, propagates, silent } from './define-license.ts';

const shared = { family: 'Stability', steward: 'Stability AI', licensors: ['Stability AI', 'stabilityai', 'Stability-AI'] };
const policy = (clause: string) => ({ clause, text: 'The Acceptable Use Policy at a URL is part of it, as it stands on the day of use.' });

const limits = (clause: string): License['limits'] => [
  { name: 'non-commercial', threshold: null, comparison: 'strict', measure: 'commercial', scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'request-license', clause, text: 'Only research and non-commercial purposes are permitted, and production use is neither.' },
];
const noHosting: License['limits'][number] = { name: 'no-hosting', threshold: null, comparison: 'strict', measure: 'distribution', scope: 'licensee', clock: 'continuous', commercialOnly: false, effect: 'request-license', clause: '1.b', text: 'It may not be offered to third parties in a hosted service or over an API, however much is added to it; offering it for download is no hosting.' };

interface Sister {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly line: string;
  readonly required: readonly string[];
  readonly absent?: readonly string[];
  readonly hfTags: readonly string[];
  readonly links?: readonly string[];
  readonly hosted: boolean;
  readonly duties: string;
  readonly notes: readonly string[];
}

function research({ id, name, title, source, line, required, absent = [], hfTags, links = [], hosted, duties, notes }: Sister): License {
  return defineLicense({
    ...shared,
    id,
    name,
    title,
    source,
    permissions: {
      'commercial-use': no('1.a'),
      modification: conditional('1.a', 'Non-commercially.'),
      distribution: conditional(duties, 'Non-commercially.'),
      hosting: hosted ? conditional('1.a', 'Non-commercially.') : no('1.b'),
      sublicensing: no('1.a'),
      'patent-grant': silent(),
    },
    obligations: [duty('include-license', 'available', `${duties}(i)`), noticeFile(line, `${duties}(ii)`, 'available'), duty('state-changes', 'available', duties, { when: 'modified' }), duty('indemnify', 'any', hosted ? '3' : '4.c', { text: 'You stand in for claims that come from a use in violation of the agreement.' })],
    limits: hosted ? limits('1.a') : [...limits('1.a'), noHosting],
    unreadPolicy: policy('1.a'),
    outputRule: outputsMakeDerivatives('Definitions, Derivative Work(s)'),
    propagation: propagates({ rule: 'same-license', clause: duties }, { rule: 'same-license', clause: `Definitions, ${duties}` }),
    markers: { required: [...required], absent: [...absent] },
    hfTags: [...hfTags],
    links: [...links],
    confidence: 'text',
    notes: [...notes],
  });
}

const researchLine = 'This Stability AI Model is licensed under the Stability AI Non-Commercial Research Community License, Copyright (c) Stability AI Ltd. All Rights Reserved.';

export const stabilityResearch2023 = research({
  id: 'LicenseRef-StabilityAI-NC-Research-2023-12',
  name: 'Stability AI Non-Commercial Research Community License',
  title: 'STABILITY AI NON-COMMERCIAL RESEARCH COMMUNITY LICENSE AGREEMENT, 28 November 2023 to 7 April 2024',
  source: 'scancode-licensedb stability-ai-nc-2023-12-06; Stability-AI/generative-models LICENSE-SDXL-Turbo, LICENCE-SD-Turbo',
  line: researchLine,
  required: ['STABILITY AI NON-COMMERCIAL RESEARCH COMMUNITY LICENSE AGREEMENT', 'does not include any production use of the Software Products'],
  hfTags: ['sai-nc-community', 'stabilityai-nc-research-community'],
  hosted: false,
  duties: '1.c',
  notes: ['SDXL-Turbo kept this tag after its file had become the Community License: trust the file of the pinned revision.', 'An image that was made already is no derivative; whether it may be sold the text does not say.'],
});

export const stableVideoDiffusion2023 = research({
  id: 'LicenseRef-StabilityAI-SVD-2023-11',
  name: 'Stable Video Diffusion Non-Commercial Community License',
  title: 'STABLE VIDEO DIFFUSION NON-COMMERCIAL COMMUNITY LICENSE AGREEMENT, 21 November 2023',
  source: 'Stability-AI/generative-models model_licenses/LICENSE-SVD',
  line: 'Stable Video Diffusion is licensed under the Stable Video Diffusion Research License, Copyright (c) Stability AI Ltd. All Rights Reserved.',
  required: ['STABLE VIDEO DIFFUSION NON-COMMERCIAL COMMUNITY LICENSE AGREEMENT'],
  hfTags: ['stable-video-diffusion-community', 'stable-video-diffusion-nc-community'],
  links: ['stabilityai/stable-video-diffusion'],
  hosted: true,
  duties: '1.b',
  notes: ['Rights are granted "for purposes other than commercial or production use"; unlike its sisters it says nothing of hosting.', 'The model was put under the Community License later: decide from the file of the pinned revision.'],
});

export const stableVideo3d2024 = research({
  id: 'LicenseRef-StabilityAI-SV3D-2024-03',
  name: 'Stability AI Non-Commercial Community License (SV3D)',
  title: 'STABILITY AI NON-COMMERCIAL COMMUNITY LICENSE AGREEMENT, 18 March 2024',
  source: 'Stability-AI/generative-models model_licenses/LICENSE-SV3D',
  line: researchLine,
  required: ['STABILITY AI NON-COMMERCIAL COMMUNITY LICENSE AGREEMENT', 'does not include any production use of the Software Products'],
  hfTags: ['sv3d-nc-community'],
  hosted: false,
  duties: '1.c',
  notes: ['The wording of the research licence under a shorter title.'],
});

export const stabilityMembership = defineLicense({
  ...shared,
  id: 'LicenseRef-StabilityAI-Membership',
  name: 'Stability AI Professional Membership Agreement',
  title: 'Stability AI Professional Membership Agreement',
  source: 'named by model cards of 2024; the text was not found',
  permissions: {},
  outputRule: outputsUnsaid(),
  propagation: propagates('review', 'review'),
  markers: { required: ['STABILITY AI PROFESSIONAL MEMBERSHIP AGREEMENT'] },
  hfTags: ['stabilityai-membership'],
  confidence: 'secondary',
  textRead: false,
  notes: ['A paid contract: who holds one should enter it as a licence of the organisation.'],
});
