import type { License } from '../license.ts';
import { conditional, defineLicense, duty, forbids, no, outputsMakeDerivatives, propagates } from './define-license.ts';

/**
 * One frame that Meta wrote for OPT-175B and others took over: non-commercial research alone, and section 2.a reaches "any data produced by the Software",
 * so outputs are limited like the weights. Purposes that are never permitted stand in 2.a(ii) to (vi).
 */
interface Framed {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly family: string;
  readonly steward: string;
  readonly licensors: readonly string[];
  readonly source: string;
  /** The attribution line of section 3. */
  readonly line: string;
  readonly required: readonly string[];
  readonly hfTags?: readonly string[];
  readonly links?: readonly string[];
  readonly notes?: readonly string[];
  /** 2.a.ii adds nuclear technology, and 2.e export control, in some. */
  readonly exportClause?: string;
}

function framed({ line, required, exportClause, ...entry }: Framed): License {
  return defineLicense({
    ...entry,
    licensors: [...entry.licensors],
    hfTags: [...(entry.hfTags ?? [])],
    links: [...(entry.links ?? [])],
    notes: [...(entry.notes ?? [])],
    permissions: {
      'commercial-use': no('1.a, 2.a(i)'),
      modification: conditional('1.a', 'For non-commercial research.'),
      distribution: conditional('1.a', 'For non-commercial research.'),
      hosting: conditional('1.a', 'For non-commercial research.'),
      sublicensing: no('1.a'),
      'patent-grant': no('1.a', 'Copyright interests only.'),
    },
    obligations: [
      duty('include-license', 'copies', '3(i)'),
      { code: 'include-notice', trigger: 'copies', clause: '3(ii)', line, text: `Ship this line with every copy: ${line}` },
      duty('retain-copyright', 'copies', '2.b'),
      duty('keep-guardrails', 'any', '2.c'),
      duty('indemnify', 'any', '6'),
    ],
    limits: [
      { name: 'non-commercial', measure: 'commercial', effect: 'request-license', clause: '1.a, 2.a(i)', text: 'Commercial and production purposes are excluded, for outputs too.' },
      { name: 'research-only', measure: 'purposes', purposes: ['research', 'evaluation'], effect: 'request-license', clause: '1.a', text: 'Only non-commercial research is permitted.' },
    ],
    fieldOfUse: forbids({
      military: { clause: '2.a(ii)', text: 'Nuclear technology too.' },
      surveillance: { clause: '2.a(iii)', text: 'Research on surveillance too.' },
      'biometric-identification': '2.a(iv)',
      'third-party-rights': '2.a(v)',
      'illegal-activity': exportClause === undefined ? '2.a(vi)' : `2.a(vi), ${exportClause}`,
      'personal-data-misuse': { clause: '2.a(vi)', text: 'Privacy law is named.' },
    }),
    outputRule: outputsMakeDerivatives('2.a'),
    propagation: propagates({ rule: 'same-license', clause: '2.a, 2.d' }, { rule: 'pass-on-restrictions', clause: '2.a' }),
    markers: { required: [...required, 'solely for your non-commercial research purposes', 'or any data produced by the Software'] },
    confidence: 'text',
  });
}

const meta = { steward: 'Meta', licensors: ['Meta', 'Meta Platforms', 'meta-llama', 'facebook'] } as const;
const stability = { steward: 'Stability AI', licensors: ['Stability AI', 'stabilityai', 'Stability-AI', 'DeepFloyd'] } as const;

export const opt175b = framed({
  ...meta,
  id: 'LicenseRef-Meta-OPT-175B',
  name: 'OPT-175B License',
  title: 'OPT-175B LICENSE AGREEMENT (2022)',
  family: 'Meta research',
  source: 'facebookresearch/metaseq projects/OPT/MODEL_LICENSE.md',
  line: 'OPT-175B is licensed under the OPT-175B license, Copyright (c) Meta Platforms, Inc. All Rights Reserved.',
  required: ['OPT-175B LICENSE AGREEMENT'],
  hfTags: ['opt-175b', 'opt-175b-license'],
  links: ['metaseq/blob/main/projects/opt/model_license'],
  notes: ['The smaller OPT models carry the same text.'],
});

export const llama1 = framed({
  ...meta,
  id: 'LicenseRef-Llama-1',
  name: 'LLaMA License (2023)',
  title: 'LLaMA LICENSE AGREEMENT (February 2023)',
  family: 'Llama',
  source: 'scancode-licensedb llama-license-2023',
  line: 'LLaMA is licensed under the LLaMA License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.',
  required: ['LLaMA LICENSE AGREEMENT', 'LLaMA is licensed under the LLaMA License'],
  exportClause: '2.e',
  notes: ['The first LLaMA, also under Alpaca, Vicuna up to 1.3 and other finetunes of 2023; the tag "llama" does not say which generation is meant.'],
});

export const sdxl09 = framed({
  ...stability,
  id: 'LicenseRef-StabilityAI-SDXL-0.9-Research',
  name: 'SDXL 0.9 Research License',
  title: 'SDXL 0.9 RESEARCH LICENSE AGREEMENT (2023)',
  family: 'Stability',
  source: 'Stability-AI/generative-models model_licenses/LICENSE-SDXL0.9',
  line: 'SDXL 0.9 is licensed under the SDXL Research License, Copyright (c) Stability AI Ltd. All Rights Reserved.',
  required: ['SDXL 0.9 RESEARCH LICENSE AGREEMENT'],
  hfTags: ['sdxl-0.9-research-license'],
  exportClause: '2.e',
  notes: ['SDXL 1.0 is CreativeML OpenRAIL++-M.'],
});

export const deepFloydIf = framed({
  ...stability,
  id: 'LicenseRef-DeepFloyd-IF',
  name: 'DeepFloyd IF License',
  title: 'DEEPFLOYD IF LICENSE AGREEMENT (2023)',
  family: 'Stability',
  source: 'deep-floyd/IF LICENSE-MODEL',
  line: 'DeepFloyd is licensed under the DeepFloyd License, Copyright (c) Stability AI Ltd. All Rights Reserved.',
  required: ['DEEPFLOYD IF LICENSE AGREEMENT'],
  hfTags: ['deepfloyd-if-license'],
  exportClause: '2.e',
});
