import { describe, expect, test } from 'vitest';
import { exampleContent, exampleVersions } from './example-content.ts';
import { spdx3Bom } from './spdx3.ts';

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

const nodesOf = (...of: Parameters<typeof spdx3Bom>): readonly Node[] => spdx3Bom(...of)['@graph'] as readonly Node[];
const ofType = (nodes: readonly Node[], type: string) => nodes.filter((node) => node.type === type);
const relations = (nodes: readonly Node[], relationshipType: string) => ofType(nodes, 'Relationship').filter((node) => node['relationshipType'] === relationshipType);
const end = (id: unknown): string => decodeURIComponent(String(id).replace(/^[^#]*#/, ''));

const element = ['creationInfo', 'spdxId'];
const mayElement = ['name', 'comment', 'description', 'verifiedUsing'];
const artifact = ['suppliedBy', 'releaseTime', 'software_primaryPurpose', 'software_copyrightText'];
const packageFields = ['software_packageVersion', 'software_downloadLocation', 'software_sourceInfo'];
const aiFields = ['ai_typeOfModel', 'ai_hyperparameter', 'ai_metric', 'ai_informationAboutTraining'];
const collection = ['element', 'rootElement', 'profileConformance'];

/** Which properties each class of the SPDX 3.0.1 model demands and which it knows, of those that are written here (model files of each class). */
const classes: Readonly<Record<string, { readonly must: readonly string[]; readonly may: readonly string[] }>> = {
  CreationInfo: { must: ['@id', 'specVersion', 'created', 'createdBy'], may: ['createdUsing'] },
  SpdxDocument: { must: element, may: [...mayElement, ...collection, 'dataLicense'] },
  software_Sbom: { must: element, may: [...mayElement, ...collection, 'software_sbomType'] },
  SoftwareAgent: { must: element, may: mayElement },
  Organization: { must: element, may: mayElement },
  Tool: { must: element, may: mayElement },
  ai_AIPackage: { must: [...element, 'name', 'suppliedBy', 'software_packageVersion', 'software_primaryPurpose'], may: [...mayElement, ...artifact, ...packageFields, ...aiFields] },
  software_Package: { must: [...element, 'name'], may: [...mayElement, ...artifact, ...packageFields] },
  software_File: { must: [...element, 'name'], may: [...mayElement, ...artifact] },
  simplelicensing_LicenseExpression: { must: [...element, 'simplelicensing_licenseExpression'], may: mayElement },
  Relationship: { must: [...element, 'from', 'to', 'relationshipType'], may: ['comment'] },
};

const listed = ['createdBy', 'createdUsing', 'element', 'rootElement', 'profileConformance', 'software_sbomType', 'to', 'ai_typeOfModel', 'ai_hyperparameter', 'ai_metric', 'verifiedUsing'];
const references = ['createdBy', 'createdUsing', 'element', 'rootElement', 'to', 'from', 'suppliedBy', 'dataLicense'];
const relationshipTypes = ['descendantOf', 'trainedOn', 'hasDeclaredLicense', 'hasConcludedLicense', 'hasDistributionArtifact', 'dependsOn'];
const individuals = ['https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense', 'https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement'];

const project = exampleContent({ subject: { kind: 'project', id: 'proj_1', name: 'Support' }, roots: ['helper@2', 'plain@1'] });

describe.each([
  ['a version', exampleContent()],
  ['a project', project],
])('spdx3Bom of %s', (_, content) => {
  const nodes = nodesOf(content);

  test('has only classes and properties of the model, those that it demands, and lists where it wants lists', () => {
    for (const node of nodes) {
      const rule = classes[node.type];
      expect(rule, node.type).toBeDefined();
      const names = Object.keys(node).filter((name) => name !== 'type');
      expect(names).toEqual(expect.arrayContaining([...(rule?.must ?? [])]));
      expect([...(rule?.must ?? []), ...(rule?.may ?? [])]).toEqual(expect.arrayContaining(names));
      for (const [name, value] of Object.entries(node)) expect([name, Array.isArray(value)]).toEqual([name, listed.includes(name)]);
    }
  });

  test('names each element once, by an address, and every reference leads to one', () => {
    const ids = nodes.flatMap((node) => (typeof node['spdxId'] === 'string' ? [node['spdxId']] : []));

    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}#[!-~]+$/);
    for (const node of nodes) for (const name of references) for (const id of [node[name] ?? []].flat()) expect([...ids, ...individuals]).toContain(id);
  });

  test('dates, digests and relationships are written as the model writes them', () => {
    expect(ofType(nodes, 'CreationInfo')).toMatchObject([{ specVersion: '3.0.1', created: '2026-01-02T03:04:05Z' }]);
    for (const node of nodes) {
      expect(node.type === 'CreationInfo' || node['creationInfo'] === '_:creationinfo').toBe(true);
      if (node['releaseTime'] !== undefined) expect(node['releaseTime']).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
      if (node.type === 'Relationship') expect(relationshipTypes).toContain(node['relationshipType']);
    }
    expect(ofType(nodes, 'software_File').map((file) => file['verifiedUsing'])).toEqual([[{ type: 'Hash', algorithm: 'sha256', hashValue: 'a'.repeat(64) }]]);
  });

  test('every package has exactly one declared and one concluded licence', () => {
    for (const { spdxId } of ofType(nodes, 'ai_AIPackage')) for (const kind of ['hasDeclaredLicense', 'hasConcludedLicense']) expect(relations(nodes, kind).filter((relation) => relation['from'] === spdxId)).toHaveLength(1);
  });
});

describe('spdx3Bom', () => {
  test('tells descent from training on outputs', () => {
    const nodes = nodesOf(exampleContent());

    expect(relations(nodes, 'descendantOf').map((relation) => [end(relation['from']), [relation['to']].flat().map(end), relation['comment']])).toContainEqual(['model/helper@2', ['model/deepseek-v3@2024-12-26'], 'fine-tuned']);
    expect(relations(nodes, 'trainedOn').map((relation) => [end(relation['from']), [relation['to']].flat().map(end)])).toEqual([['model/helper@2', ['model/teacher@1']]]);
  });

  test('has what is known of a model as hyper-parameters, metrics and training', () => {
    const model = ofType(nodesOf(exampleContent()), 'ai_AIPackage').find((node) => node['name'] === 'deepseek-v3');

    expect(model).toMatchObject({ ai_typeOfModel: ['deepseek_v3', 'transformer with multi-head latent attention'], releaseTime: '2024-12-26T00:00:00Z', ai_hyperparameter: expect.arrayContaining([{ type: 'DictionaryEntry', key: 'experts', value: '256' }]) });
    expect(model?.['ai_metric']).toContainEqual(expect.objectContaining({ key: expect.stringContaining('MMLU') }));
    expect(model?.['ai_informationAboutTraining']).toBe('14,800,000,000,000 tokens, 2048 x H800, 2,788,000 device hours, 5576000 USD (DeepSeek-V3 report).');
  });

  test('a licence that was not recognised is not asserted, and its words are kept', () => {
    const [declared] = relations(nodesOf(exampleContent()), 'hasDeclaredLicense').filter((relation) => end(relation['from']) === 'model/teacher@1');

    expect(declared).toMatchObject({ to: [individuals[0]], comment: 'Declared in words that were not recognised: be nice please' });
  });

  test('claims the AI profile only where every package has what it demands', () => {
    const complete = exampleVersions.filter(({ ref }) => ref === 'deepseek-v3@2024-12-26');
    const profilesOf = (...of: Parameters<typeof spdx3Bom>) => ofType(nodesOf(...of), 'SpdxDocument')[0]?.['profileConformance'];

    expect(profilesOf(exampleContent())).toEqual(['core', 'software', 'simpleLicensing']);
    expect(profilesOf(exampleContent({ versions: complete, roots: ['deepseek-v3@2024-12-26'] }))).toEqual(['core', 'software', 'simpleLicensing', 'ai']);
  });

  test('the same content is the same document, dated as it is told', () => {
    expect(spdx3Bom(exampleContent())).toEqual(spdx3Bom(exampleContent()));
    expect(ofType(nodesOf(exampleContent(), { at: new Date('2026-05-01T10:00:00.999Z') }), 'CreationInfo')[0]?.['created']).toBe('2026-05-01T10:00:00Z');
  });

  test('a project depends on what it runs', () => {
    expect(relations(nodesOf(project), 'dependsOn').map((relation) => [end(relation['from']), [relation['to']].flat().map(end)])).toEqual([['project', ['model/helper@2', 'model/plain@1']]]);
  });
});
