import type { License } from '../license.ts';
import { defineLicense, namePrefix, outputsTrainAnything, outputsTrainNoOtherModel, propagates } from './define-license.ts';
import { builtWith, llamaDuties, llamaLicensors, llamaPermissions, llamaPolicy, llamaPolicyFrom32, llamaSteward, llamaUserLimit } from './llama-policy.ts';

/** Opens every one of the six, while other files merely name the agreement. */
const opening = 'by using or distributing any portion or element of the Llama Materials';

const shared = { family: 'Llama', steward: llamaSteward, licensors: llamaLicensors, permissions: llamaPermissions, confidence: 'text' as const };

export const llama2 = defineLicense({
  ...shared,
  id: 'LicenseRef-Llama-2',
  name: 'Llama 2 Community License',
  title: 'LLAMA 2 COMMUNITY LICENSE AGREEMENT, Version Release Date July 18, 2023',
  source: 'meta-llama/llama-models models/llama2 LICENSE and USE_POLICY.md',
  releaseDate: '2023-07-18',
  obligations: llamaDuties('Llama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.'),
  limits: [llamaUserLimit('June 2023')],
  fieldOfUse: llamaPolicy,
  outputRule: outputsTrainNoOtherModel('1.b.v'),
  propagation: propagates({ rule: 'same-license', clause: '5.b' }, { rule: 'unlicensed', clause: '1.b.v' }),
  markers: { required: ['LLAMA 2 COMMUNITY LICENSE AGREEMENT', opening], supporting: ['Llama 2 Version Release Date: July 18, 2023'] },
  hfTags: ['llama2'],
  notes: ['No display line and no name prefix.'],
});

export const llama3 = defineLicense({
  ...shared,
  id: 'LicenseRef-Llama-3',
  name: 'Llama 3 Community License',
  title: 'META LLAMA 3 COMMUNITY LICENSE AGREEMENT, Version Release Date April 18, 2024',
  source: 'meta-llama/llama-models models/llama3 LICENSE (contains the policy) and USE_POLICY.md',
  releaseDate: '2024-04-18',
  obligations: [
    builtWith('Built with Meta Llama 3'),
    ...llamaDuties('Meta Llama 3 is licensed under the Meta Llama 3 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.'),
    namePrefix('Llama 3', 'the Materials', '1.b.i last sentence'),
  ],
  limits: [llamaUserLimit('March 2024')],
  fieldOfUse: llamaPolicy,
  outputRule: outputsTrainNoOtherModel('1.b.v', {
    'same-family': { answer: 'conditional', clause: '1.b.v', condition: 'derivative-of-same-model', text: 'Meta Llama 3 itself and its derivative works may be improved; whether a later Llama counts is not said.' },
  }),
  propagation: propagates({ rule: 'same-license', clause: '5.b' }, { rule: 'unlicensed', clause: '1.b.v' }),
  markers: { required: ['META LLAMA 3 COMMUNITY LICENSE AGREEMENT', opening], supporting: ['Built with Meta Llama 3'] },
  hfTags: ['llama3'],
});

interface LaterLlama {
  readonly version: '3.1' | '3.2' | '3.3' | '4';
  readonly released: string;
  readonly releaseDate: string;
  readonly countedMonth: string;
  readonly folder: string;
  readonly multimodal?: { readonly multimodalNames: string[]; readonly textNames: string[] };
}

/** The bodies of 3.1, 3.2, 3.3 and 4 are word for word the same but for names, dates and links; the rule on the EU stands in the policy alone. */
function laterLlama({ version, released, releaseDate, countedMonth, folder, multimodal }: LaterLlama): License {
  return defineLicense({
    ...shared,
    id: `LicenseRef-Llama-${version}`,
    name: `Llama ${version} Community License`,
    title: `LLAMA ${version} COMMUNITY LICENSE AGREEMENT, ${version === '4' ? 'Version Effective Date' : 'Version Release Date'} ${released}`,
    source: `meta-llama/llama-models models/${folder} LICENSE and USE_POLICY.md`,
    releaseDate,
    obligations: [
      builtWith('Built with Llama'),
      ...llamaDuties(`Llama ${version} is licensed under the Llama ${version} Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.`),
      namePrefix('Llama', 'the Materials or their outputs', '1.b.i last sentence'),
    ],
    limits: [llamaUserLimit(countedMonth)],
    fieldOfUse: version === '3.1' ? llamaPolicy : llamaPolicyFrom32,
    regionExclusions:
      multimodal === undefined
        ? []
        : [
            {
              regions: ['EU'],
              subject: 'licensee',
              multimodalOnly: true,
              ...multimodal,
              clause: 'AUP, multimodal paragraph (withdraws 1.a)',
              text: 'The rights to multimodal models are not granted to individuals domiciled in, or companies with their principal place of business in, the European Union; end users of a product are not excluded.',
            },
          ],
    outputRule: outputsTrainAnything('1.b.i last sentence'),
    propagation: propagates({ rule: 'same-license', clause: '5.b' }, { rule: 'obligations-only', only: ['name-prefix'], clause: '1.b.i last sentence' }),
    markers: {
      required: [`LLAMA ${version} COMMUNITY LICENSE AGREEMENT`, opening],
      supporting: ['any outputs or results of the Llama Materials to create, train, fine tune', version === '4' ? 'Llama 4 Version Effective Date: April 5, 2025' : `Llama ${version} Version Release Date: ${released}`],
    },
    hfTags: [`llama${version}`],
    links: version === '4' ? ['llama_models/llama4', 'models/llama4'] : [`models/${folder}`],
  });
}

export const llama31 = laterLlama({ version: '3.1', released: 'July 23, 2024', releaseDate: '2024-07-23', countedMonth: 'June 2024', folder: 'llama3_1' });
export const llama32 = laterLlama({
  version: '3.2',
  released: 'September 25, 2024',
  releaseDate: '2024-09-25',
  countedMonth: 'August 2024',
  folder: 'llama3_2',
  multimodal: { multimodalNames: ['vision', '11b', '90b'], textNames: ['1b', '3b'] },
});
/** Text only, so the policy's sentence on multimodal models has no effect. */
export const llama33 = laterLlama({ version: '3.3', released: 'December 6, 2024', releaseDate: '2024-12-06', countedMonth: 'November 2024', folder: 'llama3_3' });
export const llama4 = laterLlama({
  version: '4',
  released: 'April 5, 2025',
  releaseDate: '2025-04-05',
  countedMonth: 'March 2025',
  folder: 'llama4',
  multimodal: { multimodalNames: ['llama-4', 'scout', 'maverick', 'guard-4'], textNames: ['prompt-guard'] },
});
