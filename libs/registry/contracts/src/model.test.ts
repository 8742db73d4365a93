import { describe, expect, test } from 'vitest';
import { NewBackend, NewVersion, VersionReference } from './index.ts';
import { Artifact } from './model.ts';

const faultsOf = (parsed: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) => parsed.error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a new version', () => {
  test.each([
    { what: 'with nothing but a name is complete: what is absent is unknown, not wrong', body: { version: '1' }, faults: [] },
    { what: 'has a licence or the text of one, not both', body: { version: '1', license: 'MIT', licenseText: 'MIT' }, faults: ['licenseText'] },
    { what: 'has no fields that nobody reads', body: { version: '1', licence: 'MIT' }, faults: [''] },
    { what: 'has a day of release, not a moment', body: { version: '1', releasedOn: '2026-01-01T00:00:00Z' }, faults: ['releasedOn'] },
  ])('$what', ({ body, faults }) => {
    expect(faultsOf(NewVersion.safeParse(body))).toEqual(faults);
  });
});

describe('an artifact', () => {
  const artifact = { fileName: 'model.gguf', format: 'gguf', bytes: 1, sha256: 'a'.repeat(64) };

  test.each([
    { change: {}, faults: [] },
    { change: { fileName: 'shards/model-00001.gguf' }, faults: [] },
    { change: { fileName: '../../etc/passwd' }, faults: ['fileName'] },
    { change: { fileName: '/etc/passwd' }, faults: ['fileName'] },
    { change: { sha256: 'A'.repeat(64) }, faults: ['sha256'] },
    { change: { bytes: -1 }, faults: ['bytes'] },
  ])('$change: faults in $faults', ({ change, faults }) => {
    expect(faultsOf(Artifact.safeParse({ ...artifact, ...change }))).toEqual(faults);
  });
});

describe('a backend', () => {
  test.each([
    { backend: { kind: 'openai', baseUrl: 'http://127.0.0.1:8000/v1', upstreamModel: 'm' }, accepted: true },
    { backend: { kind: 'openai', baseUrl: 'file:///etc/passwd', upstreamModel: 'm' }, accepted: false },
    { backend: { kind: 'openai', baseUrl: 'http://127.0.0.1:8000/v1' }, accepted: false },
    { backend: { kind: 'anthropic', baseUrl: 'https://api.anthropic.com', upstreamModel: 'claude', apiKey: 'k' }, accepted: true },
    { backend: { kind: 'anthropic', baseUrl: 'ftp://api.anthropic.com', upstreamModel: 'claude' }, accepted: false },
    { backend: { kind: 'llama-cpp', artifact: 'abacus-nano.gguf' }, accepted: true },
    { backend: { kind: 'telepathy' }, accepted: false },
  ])('$backend: accepted $accepted', ({ backend, accepted }) => {
    expect(NewBackend.safeParse(backend).success).toBe(accepted);
  });
});

test.each([
  ['deepseek-v3@2024-12-26', true],
  ['deepseek-v3', false],
  ['deepseek-v3:production', false],
  ['a b@1', false],
])('%s names one version: %s', (reference, accepted) => {
  expect(VersionReference.safeParse(reference).success).toBe(accepted);
});
