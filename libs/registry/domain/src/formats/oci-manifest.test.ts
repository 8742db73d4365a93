import { describe, expect, test } from 'vitest';
import { modelConfigFacts, parameterSize, readManifest } from './oci-manifest.ts';
import { PublicationError } from './publication-error.ts';

const digest = `sha256:${'ab'.repeat(32)}`;
const layer = (mediaType: string, annotations: Record<string, string> = {}) => ({ mediaType, digest, size: 7, annotations });
const manifest = (layers: readonly unknown[], config = layer('application/vnd.oci.image.config.v1+json')) => ({ schemaVersion: 2, config, layers });

describe('readManifest', () => {
  test.each([
    ['application/vnd.ollama.image.model', 'ollama', 'weights', true],
    ['application/vnd.ollama.image.license', 'ollama', 'license', true],
    ['application/vnd.ollama.image.adapter', 'ollama', 'adapter', true],
    ['application/vnd.ollama.image.tensor; name=a; dtype=F16', 'ollama', 'weights', true],
    ['application/vnd.cncf.model.weight.v1.raw', 'modelpack', 'weights', true],
    ['application/vnd.cncf.model.weight.v1.tar+gzip', 'modelpack', 'weights', false],
    ['application/vnd.cncf.model.weight.config.v1.raw', 'modelpack', 'config', true],
    ['application/vnd.cncf.model.dataset.v1.tar', 'modelpack', 'dataset', false],
    ['application/vnd.kitops.modelkit.model.v1.tar+gzip', 'kitops', 'weights', false],
    ['application/vnd.docker.ai.gguf.v3', 'docker-model', 'weights', true],
    ['application/octet-stream', 'oci', 'other', true],
  ])('%s is %s: %s', (mediaType, flavor, role, raw) => {
    const read = readManifest(manifest([layer(mediaType)]));

    expect(read.flavor).toBe(flavor);
    expect(read.layers[0]).toMatchObject({ role, raw, sha256: 'ab'.repeat(32), bytes: 7 });
  });

  test.each([
    ['a name', 'weights/m.gguf', 'weights/m.gguf'],
    ['a name that climbs out', '../m.gguf', null],
    ['an absolute name', '/m.gguf', null],
    ['a name of another system', 'a\\m.gguf', null],
  ])('%s of a layer', (_, given, fileName) => {
    expect(readManifest(manifest([layer('application/vnd.cncf.model.weight.v1.raw', { 'org.cncf.model.filepath': given })])).layers[0]?.fileName).toBe(fileName);
  });

  test.each([
    ['nothing', null],
    ['another schema', { ...manifest([]), schemaVersion: 1 }],
    ['a digest of another kind', manifest([{ ...layer('a'), digest: 'md5:1' }])],
    ['a size below zero', manifest([{ ...layer('a'), size: -1 }])],
  ])('%s is refused', (_, json) => {
    expect(() => readManifest(json)).toThrow(PublicationError);
  });
});

test.each([
  ['671.0B', 671_000_000_000],
  ['8b', 8_000_000_000],
  ['244.29K', 244_290],
  ['1T', 1e12],
  ['8x7B', null],
  ['99999999T', null],
  [null, null],
])('%s is %s parameters', (size, parameters) => {
  expect(parameterSize(size)).toBe(parameters);
});

test.each(['ollama', 'modelpack', 'kitops', 'docker-model', 'oci'] as const)('a config of %s that says nothing, or rubbish, gives nulls', (flavor) => {
  for (const json of [undefined, null, [], 'x', { model: 7, descriptor: [], config: 'x', package: null }]) expect(modelConfigFacts(flavor, json)).toMatchObject({ name: null, licenses: [], parameters: null });
});
