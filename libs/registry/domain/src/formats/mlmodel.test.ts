import { describe, expect, test } from 'vitest';
import { mlmodelFacts } from './mlmodel.ts';
import { PublicationError } from './publication-error.ts';

const transformers = { model_binary: 'model', source_model_name: 'a/one', source_model_revision: 'c0ffee', task: 'text-generation', torch_dtype: 'torch.bfloat16' };

describe('mlmodelFacts', () => {
  test('reads what the transformers flavour says, and the licence of the metadata', () => {
    expect(mlmodelFacts({ artifact_path: 'tiny', flavors: { transformers }, metadata: { license: ' apache-2.0 ' }, mlflow_version: '3.4.0' })).toMatchObject({
      name: 'tiny', sourceModel: 'a/one', sourceRevision: 'c0ffee', weightsFolder: 'model', adapterFolder: null, task: 'text-generation', license: 'apache-2.0', licenseKey: 'license', flavors: ['transformers'], pickles: [],
    });
  });

  test.each([
    ['a folder that climbs out', { transformers: { ...transformers, model_binary: '../../etc' } }],
    ['an absolute folder', { transformers: { ...transformers, model_binary: '/etc' } }],
  ])('%s is none', (_, flavors) => {
    expect(mlmodelFacts({ flavors }).weightsFolder).toBeNull();
  });

  test('names the flavours that load pickles', () => {
    expect(mlmodelFacts({ flavors: { sklearn: {}, python_function: {}, onnx: {} } }).pickles).toEqual(['sklearn', 'python_function']);
  });

  test.each([['nothing', undefined], ['a list', []], ['no flavours', { artifact_path: 'x' }], ['flavours that are none', { flavors: 'x' }]])('%s is refused', (_, yaml) => {
    expect(() => mlmodelFacts(yaml)).toThrow(PublicationError);
  });
});
