import { describe, expect, test } from 'vitest';
import { exampleVersions } from './example-versions.ts';
import { licenseProperties } from './license-properties.ts';
import type { LicenseProperty } from './license-property.ts';
import type { LineageVersion } from '../lineage/lineage.ts';

const find = (ref: string): LineageVersion | undefined => exampleVersions.find((version) => version.ref === ref);
const propertiesOf = (ref: string) => licenseProperties(find(ref) as LineageVersion, find);

describe('the properties of what a version comes with', () => {
  test.each<[ref: string, has: LicenseProperty[], lacks: LicenseProperty[]]>([
    ['qwen2.5-32b@1', ['commercial-use', 'hosting', 'redistribution', 'no-user-limit', 'no-revenue-limit', 'no-purpose-limits', 'no-region-limits', 'outputs-may-train', 'osi-approved', 'known'], ['no-attribution']],
    ['qwen2.5-72b@1', ['commercial-use', 'known'], ['no-user-limit', 'osi-approved']],
    ['llama-3.3-70b@instruct', ['commercial-use', 'no-revenue-limit', 'outputs-may-train'], ['no-user-limit', 'no-purpose-limits', 'osi-approved', 'no-attribution']],
    ['llama-2-13b@1', ['commercial-use'], ['outputs-may-train', 'no-user-limit']],
    ['musicgen@1', ['known', 'no-user-limit'], ['commercial-use']],
    ['mistral-large@2411', ['known'], ['commercial-use']],
    ['sd3.5-large@1', ['commercial-use'], ['no-revenue-limit']],
    ['hunyuan-large@1', [], ['no-region-limits', 'no-user-limit']],
    ['falcon-180b@1', ['commercial-use'], ['hosting']],
  ])('%s', (ref, has, lacks) => {
    const properties = propertiesOf(ref);

    expect(properties).toEqual(expect.arrayContaining(has));
    for (const property of lacks) expect(properties).not.toContain(property);
  });

  test('come from the whole lineage: an open licence on a restricted base is not open', () => {
    expect(propertiesOf('someone-v3-tune@1')).not.toContain('no-purpose-limits');
    expect(propertiesOf('someone-v3-tune@1')).not.toContain('osi-approved');
    expect(propertiesOf('nc-apache-merge@1')).not.toContain('commercial-use');
  });

  test('a licensor’s own release has those of the licence that it was released under', () => {
    expect(propertiesOf('deepseek-r1@2025-01')).toEqual(expect.arrayContaining(['osi-approved', 'no-purpose-limits']));
  });

  test.each(['acme-chat@1', 'acme-tune@1', 'orphan@1', 'mislabelled@1'])('%s, whose terms are not known, has none', (ref) => {
    expect(propertiesOf(ref)).toEqual([]);
  });
});
