import { describe, expect, test } from 'vitest';
import { licenseFromTags } from './license-tags.ts';

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
