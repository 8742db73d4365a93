import { describe, expect, test } from 'vitest';
import { findLicense } from '../licenses/license-catalogue.ts';
import { licenseFromTags, unmappedTags } from './license-tags.ts';

/** The identifiers that the hub documents for model cards (hub-docs, page on licences), and those it took up since. */
const hubIdentifiers = [
  'apache-2.0', 'mit', 'openrail', 'bigscience-openrail-m', 'creativeml-openrail-m', 'bigscience-bloom-rail-1.0', 'bigcode-openrail-m', 'afl-3.0', 'artistic-2.0', 'bsl-1.0', 'bsd', 'bsd-2-clause', 'bsd-3-clause',
  'bsd-3-clause-clear', 'c-uda', 'cc', 'cc0-1.0', 'cc-by-2.0', 'cc-by-2.5', 'cc-by-3.0', 'cc-by-4.0', 'cc-by-sa-3.0', 'cc-by-sa-4.0', 'cc-by-nc-2.0', 'cc-by-nc-3.0', 'cc-by-nc-4.0', 'cc-by-nd-4.0', 'cc-by-nc-nd-3.0',
  'cc-by-nc-nd-4.0', 'cc-by-nc-sa-2.0', 'cc-by-nc-sa-3.0', 'cc-by-nc-sa-4.0', 'cdla-sharing-1.0', 'cdla-permissive-1.0', 'cdla-permissive-2.0', 'wtfpl', 'ecl-2.0', 'epl-1.0', 'epl-2.0', 'etalab-2.0', 'eupl-1.1',
  'eupl-1.2', 'agpl-3.0', 'gfdl', 'gpl', 'gpl-2.0', 'gpl-3.0', 'lgpl', 'lgpl-2.1', 'lgpl-3.0', 'isc', 'h-research', 'intel-research', 'lppl-1.3c', 'ms-pl', 'apple-ascl', 'apple-amlr', 'mpl-2.0', 'odc-by', 'odbl',
  'open-mdw', 'openrail++', 'osl-3.0', 'postgresql', 'ofl-1.1', 'ncsa', 'unlicense', 'zlib', 'pddl', 'lgpl-lr', 'deepfloyd-if-license', 'fair-noncommercial-research-license', 'llama2', 'llama3', 'llama3.1', 'llama3.2',
  'llama3.3', 'llama4', 'grok2-community', 'gemma', 'unknown', 'other',
];

describe('identifiers of the hub', () => {
  test.each(hubIdentifiers)('%s means an entry of the catalogue, or is left out on purpose', (tag) => {
    expect([findLicense(tag) !== undefined, Object.hasOwn(unmappedTags, tag)].filter(Boolean)).toHaveLength(1);
  });

  test('a tag that is left out means no licence', () => {
    for (const tag of Object.keys(unmappedTags)) expect(licenseFromTags({ license: tag }), tag).toBeNull();
  });
});

describe('licenseFromTags', () => {
  test.each([
    { license: 'mit', id: 'MIT' },
    { license: ' MIT ', id: 'MIT' },
    { license: 'apache-2.0', id: 'Apache-2.0' },
    { license: 'Apache-2.0', id: 'Apache-2.0' },
    { license: 'bsd-3-clause', id: 'BSD-3-Clause' },
    { license: 'cc-by-nc-4.0', id: 'CC-BY-NC-4.0' },
    { license: 'llama2', id: 'LicenseRef-Llama-2' },
    { license: 'llama3', id: 'LicenseRef-Llama-3' },
    { license: 'llama3.1', id: 'LicenseRef-Llama-3.1' },
    { license: 'llama3.2', id: 'LicenseRef-Llama-3.2' },
    { license: 'llama3.3', id: 'LicenseRef-Llama-3.3' },
    { license: 'llama4', id: 'LicenseRef-Llama-4' },
    { license: 'gemma', id: 'LicenseRef-Gemma' },
    { license: 'creativeml-openrail-m', id: 'LicenseRef-CreativeML-OpenRAIL-M' },
    { license: 'bigscience-openrail-m', id: 'LicenseRef-BigScience-OpenRAIL-M' },
    { license: 'LicenseRef-Llama-3.1', id: 'LicenseRef-Llama-3.1' },
    { license: 'other', licenseName: 'openrail-m', id: 'LicenseRef-BigScience-OpenRAIL-M' },
    { license: 'other', licenseName: 'deepseek', id: 'LicenseRef-DeepSeek-Model-1.0' },
    { license: 'other', licenseName: 'deepseek', licenseLink: 'https://example.org/LICENSE-MODEL', id: 'LicenseRef-DeepSeek-Model-1.0' },
    { license: 'other', licenseName: 'qwen', id: 'LicenseRef-Qwen-2024' },
    { license: 'other', licenseName: 'qwen-research', id: 'LicenseRef-Qwen-Research-2024' },
    { license: 'other', licenseName: 'tongyi-qianwen', id: 'LicenseRef-Tongyi-Qianwen-2023' },
    { license: 'other', licenseName: 'llama4', id: 'LicenseRef-Llama-4' },
    { license: 'other', licenseName: 'Llama 3.1 Community License Agreement', id: 'LicenseRef-Llama-3.1' },
    { license: 'other', licenseName: 'mrl', licenseLink: 'https://mistral.ai/licenses/MRL-0.1.md', id: 'LicenseRef-MistralAI-MRL-0.1' },
    { license: 'other', licenseName: 'modified-mit', licenseLink: 'https://huggingface.co/moonshotai/Kimi-K2-Instruct/blob/main/LICENSE', id: 'LicenseRef-Kimi-K2-Modified-MIT' },
    { license: 'other', licenseLink: 'https://ai.google.dev/gemma/terms', id: 'LicenseRef-Gemma' },
    { license: 'gpl-3.0', id: 'GPL-3.0-only' },
    { license: 'agpl-3.0', id: 'AGPL-3.0-only' },
    { license: 'apple-amlr', id: 'LicenseRef-Apple-AMLR' },
    { license: 'other', licenseName: 'nvidia-open-model-license', id: 'LicenseRef-NVIDIA-Open-Model' },
    { license: 'other', licenseName: 'glm-4', id: 'LicenseRef-GLM-4' },
    { license: 'other', licenseName: 'baichuan2-community-license', id: 'LicenseRef-Baichuan2-Community' },
    { license: 'other', licenseName: 'modified-mit', licenseLink: 'https://huggingface.co/moonshotai/Kimi-K2.5/blob/main/LICENSE', id: 'LicenseRef-Kimi-K2.5-Modified-MIT' },
    { license: null, licenseName: 'openrail-m', id: 'LicenseRef-BigScience-OpenRAIL-M' },
    { license: 'mit', licenseName: 'MIT License', id: 'MIT' },
    { license: 'apache-2.0', licenseLink: 'https://www.apache.org/licenses/LICENSE-2.0', id: 'Apache-2.0' },
  ])('$license, $licenseName, $licenseLink: $id', ({ id, ...tags }) => {
    expect(licenseFromTags(tags)).toBe(id);
  });

  test.each([
    { why: 'does not say which of the OpenRAIL texts', license: 'openrail' },
    { why: 'several texts go by that name', license: 'other', licenseName: 'modified-mit' },
    { why: 'looks elsewhere', license: 'other' },
    { why: 'says nothing', license: 'unknown' },
    { why: 'is not in the catalogue', license: 'acme-license' },
    { why: 'is not in the catalogue', license: 'other', licenseName: 'acme' },
    { why: 'contradicts itself', license: 'apache-2.0', licenseName: 'jamba-open-model-license' },
    { why: 'contradicts itself', license: 'mit', licenseName: 'llama3.1' },
    { why: 'is empty', license: '' },
    { why: 'is absent' },
  ])('null for what $why: $license, $licenseName', ({ license, licenseName }) => {
    expect(licenseFromTags({ license, licenseName })).toBeNull();
  });
});
