import { describe, expect, test } from 'vitest';
import { huggingFaceFacts } from './hugging-face-facts.ts';

const configJson = { model_type: 'llama', hidden_size: 64, num_hidden_layers: 2, num_attention_heads: 4, vocab_size: 1000, intermediate_size: 160 };

describe('huggingFaceFacts', () => {
  test('reads licence, base models and shape', () => {
    const facts = huggingFaceFacts({
      configJson,
      readmeFrontMatter: { license: 'other', license_name: 'deepseek', license_link: 'LICENSE', base_model: 'meta-llama/Llama-3.1-8B', base_model_relation: 'quantized', language: ['en', 'de'] },
    });

    expect(facts).toMatchObject({ licenseTag: 'other', licenseName: 'deepseek', licenseLink: 'LICENSE', baseModels: ['meta-llama/Llama-3.1-8B'], baseModelRelation: 'quantized', languages: ['en', 'de'], findings: [] });
    expect(facts.architecture).toMatchObject({ family: 'dense', layers: 2 });
  });

  test.each([
    ['no files at all', undefined, undefined, 'There is no config.json'],
    ['a front matter that is a list', configJson, ['mit'], 'not a mapping'],
    ['a licence that is a number', configJson, { license: 7 }, 'license has a value that cannot be read'],
    ['two licences', configJson, { license: ['mit', 'apache-2.0'] }, 'names 2 licences'],
    ['an unknown relation', configJson, { base_model_relation: 'cousin' }, 'base_model_relation'],
    ['a config with absurd sizes', { ...configJson, num_hidden_layers: -3 }, {}, 'num_hidden_layers'],
  ])('%s is told, and nothing is guessed', (_, config, readmeFrontMatter, finding) => {
    const facts = huggingFaceFacts({ configJson: config, readmeFrontMatter });

    expect(facts.findings.join(' ')).toContain(finding);
    expect(facts.licenseTag).toBeNull();
  });
});
