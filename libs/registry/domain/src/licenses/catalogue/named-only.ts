import type { License } from '../license.ts';
import { defineLicense, outputsUnsaid, propagates } from './define-license.ts';

/**
 * Known by name, not by text: a model under one of these is recognised, so that an impact report finds it, and every use needs a person.
 * Whoever reads such a text enters it as a licence of the organisation, or here.
 */
interface Named {
  readonly id: string;
  readonly name: string;
  readonly family: string;
  readonly steward: string;
  readonly licensors: readonly string[];
  readonly hfTags: readonly string[];
  readonly links?: readonly string[];
  readonly title?: string;
  readonly required?: readonly string[];
  readonly source?: string;
  readonly notes?: readonly string[];
}

const named = ({ title, required = [], source = 'named by model cards; the text was not read', licensors, hfTags, links = [], notes = [], ...entry }: Named): License =>
  defineLicense({
    ...entry,
    title: title ?? entry.name,
    source,
    licensors: [...licensors],
    permissions: {},
    outputRule: outputsUnsaid(),
    propagation: propagates('review', 'review'),
    markers: { required: [...required] },
    hfTags: [...hfTags],
    links: [...links],
    confidence: 'secondary',
    textRead: false,
    notes: [...notes],
  });

export const jambaOpenModel = named({
  id: 'LicenseRef-Jamba-Open-Model',
  name: 'Jamba Open Model License',
  family: 'Jamba',
  steward: 'AI21 Labs',
  licensors: ['AI21 Labs', 'ai21labs', 'AI21'],
  hfTags: ['jamba-open-model-license'],
  links: ['ai21.com/jamba-open-model-license'],
  required: ['Jamba Open Model License'],
  notes: ['A threshold of 50,000,000 USD of annual revenue is often quoted and was found in no text that could be opened, so none is encoded.', 'Jamba-v0.1 and Jamba 2 are Apache-2.0.', 'Jamba Reasoning 3B claims apache-2.0 and this at once: conflicting tags mean none.'],
});

export const lfmOpen = named({
  id: 'LicenseRef-LFM-Open-1.0',
  name: 'LFM Open License 1.0',
  family: 'LFM',
  steward: 'Liquid AI',
  licensors: ['Liquid AI', 'LiquidAI'],
  hfTags: ['lfm1.0', 'lfm-open-license-v1.0', 'lfm-open-license'],
  links: ['liquid.ai/lfm-license', 'docs.liquid.ai/lfm/help/model-license'],
  required: ['LFM Open License v1.0'],
  notes: ['Others describe it as Apache-2.0 with commercial use up to 10,000,000 USD of annual revenue; the text was not read.'],
});

export const fairNonCommercialResearch = named({
  id: 'LicenseRef-FAIR-Noncommercial-Research-1',
  name: 'FAIR Noncommercial Research License',
  family: 'Meta research',
  steward: 'Meta',
  licensors: ['Meta', 'Meta Platforms', 'facebook', 'facebookresearch'],
  hfTags: ['fair-noncommercial-research-license', 'fair-noncommercial-research'],
  required: ['FAIR Noncommercial Research License'],
  notes: ['Non-commercial research alone, by its name and as others describe it.'],
});

export const dinov3 = named({ id: 'LicenseRef-Meta-DINOv3', name: 'DINOv3 License', family: 'Meta research', steward: 'Meta', licensors: ['Meta', 'facebook', 'facebookresearch'], hfTags: ['dinov3-license'], required: ['DINOv3 License'] });
export const samLicense = named({ id: 'LicenseRef-Meta-SAM', name: 'SAM License', family: 'Meta research', steward: 'Meta', licensors: ['Meta', 'facebook', 'facebookresearch'], hfTags: ['sam-license'] });
export const healthAiFoundations = named({
  id: 'LicenseRef-Google-Health-AI-Developer-Foundations',
  name: 'Health AI Developer Foundations Terms of Use',
  family: 'Gemma',
  steward: 'Google',
  licensors: ['Google', 'google'],
  hfTags: ['health-ai-developer-foundations'],
  links: ['developers.google.com/health-ai-developer-foundations/terms'],
  notes: ['Over MedGemma and other health models, which are not under the plain Gemma terms.'],
});
export const upstageSolar = named({ id: 'LicenseRef-Upstage-Solar', name: 'Upstage Solar License', family: 'Solar', steward: 'Upstage', licensors: ['Upstage', 'upstage'], hfTags: ['upstage-solar-license', 'solar-license', 'upstage-solar'], notes: ['SOLAR-10.7B is Apache-2.0 and its instruct version CC-BY-NC-4.0: decide by version.'] });
export const hResearch = named({ id: 'LicenseRef-H-Research', name: 'H Research License', family: 'Research', steward: 'H Company', licensors: ['H Company', 'Hcompany'], hfTags: ['h-research'] });
export const intelResearch = named({ id: 'LicenseRef-Intel-Research', name: 'Intel Research Use License', family: 'Research', steward: 'Intel', licensors: ['Intel'], hfTags: ['intel-research'] });
export const yi20 = named({
  id: 'LicenseRef-01AI-Yi-2.0',
  name: 'Yi Series Models License 2.0',
  family: 'Yi',
  steward: '01.AI',
  licensors: ['01.AI', '01-ai'],
  hfTags: ['yi-license-2.0'],
  source: 'named by the history of 01-ai/Yi MODEL_LICENSE_AGREEMENT.txt before 23 November 2023; the text was not read',
  notes: ['The text before 2.1, at the same path.'],
});
export const hyperClovaX = named({ id: 'LicenseRef-HyperCLOVAX-SEED', name: 'HyperCLOVA X SEED Model License', family: 'HyperCLOVA', steward: 'NAVER', licensors: ['NAVER', 'naver-hyperclovax'], hfTags: ['hyperclovax-seed', 'hyperclovax'] });
export const bria = named({ id: 'LicenseRef-BRIA', name: 'BRIA model licenses', family: 'BRIA', steward: 'BRIA AI', licensors: ['BRIA AI', 'briaai'], hfTags: ['bria-rmbg-1.4', 'bria-rmbg-2.0', 'bria-2.3', 'bria-legal-lobby'] });
export const amazonBedrock = named({ id: 'LicenseRef-AWS-Service-Terms', name: 'AWS Service Terms (Amazon Bedrock, Nova)', family: 'Provider terms', steward: 'Amazon Web Services', licensors: ['Amazon', 'AWS', 'Amazon Web Services'], hfTags: [], links: ['aws.amazon.com/service-terms'], source: 'named; the text was not read', notes: ['Models of others that are reached through it have the terms of their makers first.'] });
export const cohereTerms = named({ id: 'LicenseRef-Cohere-Terms-of-Use', name: 'Cohere Terms of Use (API)', family: 'Provider terms', steward: 'Cohere', licensors: ['Cohere', 'CohereForAI', 'CohereLabs', 'Cohere Labs'], hfTags: [], links: ['cohere.com/terms-of-use', 'cohere.com/saas-agreement'], source: 'named; the text was not read', notes: ['Weights that Cohere publishes are under another licence.'] });
