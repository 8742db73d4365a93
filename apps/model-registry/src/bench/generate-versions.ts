import type pg from 'pg';

/** What one generated version is made from: places in the list of all. */
export interface GeneratedEdge {
  readonly parent: number;
  readonly relation: 'finetune' | 'adapter' | 'quantized' | 'merge' | 'distilled';
}

export interface GeneratedVersion {
  readonly model: string;
  readonly version: string;
  readonly publisher: string;
  readonly license: string | null;
  readonly parameters: number;
  readonly edges: readonly GeneratedEdge[];
}

/** The same numbers in each run (Park and Miller's minimal standard generator). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const publishers: readonly (readonly [publisher: string, licenses: readonly string[]])[] = [
  ['Meta', ['LicenseRef-Llama-2', 'LicenseRef-Llama-3', 'LicenseRef-Llama-3.1', 'LicenseRef-Llama-3.2', 'LicenseRef-Llama-3.3', 'LicenseRef-Llama-4']],
  ['DeepSeek', ['LicenseRef-DeepSeek-Model-1.0', 'MIT']],
  ['Alibaba Cloud', ['Apache-2.0', 'LicenseRef-Qwen-2024', 'LicenseRef-Qwen-Research-2024', 'LicenseRef-Tongyi-Qianwen-2023']],
  ['Google', ['LicenseRef-Gemma']],
  ['Mistral AI', ['Apache-2.0', 'LicenseRef-MistralAI-MRL-0.1']],
  ['Stability AI', ['LicenseRef-StabilityAI-Community-2024-07', 'LicenseRef-CreativeML-OpenRAIL-PlusPlus-M']],
  ['Tencent', ['LicenseRef-Tencent-Hunyuan-Community-2024-11', 'LicenseRef-Tencent-Hunyuan-Community-2024-12']],
  ['TII', ['LicenseRef-TII-Falcon-180B-1.0', 'Apache-2.0']],
  ['BigScience', ['LicenseRef-BigScience-BLOOM-RAIL-1.0']],
  ['Acme Research', ['CC-BY-NC-4.0', 'CC-BY-4.0', 'CC-BY-SA-4.0']],
];
const communityLicenses = ['Apache-2.0', 'MIT', 'CC-BY-NC-4.0', 'BSD-3-Clause', null];
const relations = ['finetune', 'finetune', 'finetune', 'quantized', 'quantized', 'adapter', 'merge', 'distilled'] as const;
const words = ['swift', 'amber', 'harbor', 'violet', 'granite', 'meadow', 'comet', 'lantern', 'willow', 'falconry', 'ember', 'quarry', 'saffron', 'tundra', 'marble', 'cobalt'];

/**
 * A hub as hubs are: few bases of few publishers, and on them fine-tunes, quantisations, adapters and merges by thousands of people,
 * most of them under the base's licence and some under one of their own.
 */
export function generateHub(count: number, random: () => number = createRandom(7)): GeneratedVersion[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const bases = Math.max(1, Math.floor(count / 250));
  const versions: GeneratedVersion[] = [];
  /** Places of the versions that go back to each base: merges are mostly of one family. */
  const families = Array.from({ length: bases }, (_, index) => [index]);
  const familyOf: number[] = [];
  for (let index = 0; index < count; index++) {
    const size = Math.round(2 ** (random() * 9) * 1e9);
    const name = `${pick(words)}-${pick(words)}-${Math.floor(index / 5)}`;
    if (index < bases) {
      const [publisher, licenses] = pick(publishers);
      versions.push({ model: `base-${name}`, version: String(index % 5), publisher, license: pick(licenses), parameters: size, edges: [] });
      familyOf.push(index);
      continue;
    }
    // Most build on something popular, and some on the newest.
    const parent = random() < 0.6 ? Math.floor(random() * bases) : Math.floor(random() * index);
    const from = versions[parent] as GeneratedVersion;
    const edges: GeneratedEdge[] = [{ parent, relation: pick(relations) }];
    const family = familyOf[parent] as number;
    if (edges[0]?.relation === 'merge') {
      const other = random() < 0.9 ? pick(families[family] as number[]) : Math.floor(random() * index);
      if (other !== parent) edges.push({ parent: other, relation: 'merge' });
    }
    familyOf.push(family);
    families[family]?.push(index);
    versions.push({
      model: name,
      version: String(index % 5),
      publisher: random() < 0.05 ? from.publisher : `someone-${Math.floor(random() * count * 0.05)}`,
      license: random() < 0.7 ? from.license : pick(communityLicenses),
      parameters: from.parameters,
      edges,
    });
  }
  // A model has one publisher: that of its first version.
  const owners = new Map<string, string>();
  return versions.map((version) => {
    const publisher = owners.get(version.model) ?? version.publisher;
    owners.set(version.model, publisher);
    return { ...version, publisher };
  });
}

/** Layers of versions, each made from two of the layer before, and one version on top of it all. */
export function generateLayers({ width, depth }: { readonly width: number; readonly depth: number }, random: () => number = createRandom(11)): GeneratedVersion[] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const versions: GeneratedVersion[] = [];
  const [, licenses] = publishers[0] as (typeof publishers)[number];
  for (let layer = 0; layer < depth; layer++) {
    for (let place = 0; place < width; place++) {
      const below = (layer - 1) * width;
      const edges: GeneratedEdge[] = layer === 0 ? [] : [{ parent: below + place, relation: pick(relations) }, { parent: below + ((place + 1 + Math.floor(random() * (width - 1))) % width), relation: 'merge' }];
      versions.push({ model: `layer-${layer}-${place}`, version: '1', publisher: `someone-${place}`, license: layer === 0 ? pick(licenses) : pick(communityLicenses), parameters: 1e9, edges });
    }
  }
  const top = Array.from({ length: Math.min(width, 1_000) }, (_, place): GeneratedEdge => ({ parent: (depth - 1) * width + place, relation: 'merge' }));
  return [...versions, { model: 'layers-top', version: '1', publisher: 'Acme', license: 'Apache-2.0', parameters: 1e9, edges: top }];
}

/** Each made from the one before; the last of the list is the end of the chain. */
export const generateChain = (links: number): GeneratedVersion[] =>
  Array.from({ length: links }, (_, index) => ({
    model: `chain-${index}`,
    version: '1',
    publisher: `someone-${index % 97}`,
    license: index === 0 ? 'LicenseRef-Llama-3.1' : 'Apache-2.0',
    parameters: 8e9,
    edges: index === 0 ? [] : [{ parent: index - 1, relation: 'finetune' }],
  }));

const rowsAtATime = 5_000;

/** Writes versions and what they are made from straight into the tables, past the API: for measuring alone. Tables of the search stay as they are. */
export async function insertVersions(client: pg.Client | pg.Pool, versions: readonly GeneratedVersion[]): Promise<void> {
  const idOf = (index: number) => `ver_${(index + 1).toString(16).padStart(12, '0')}${Buffer.from(versions[index]?.model ?? '').toString('hex').padEnd(20, '0').slice(0, 20)}`;
  const models = [...new Map(versions.map(({ model, publisher }) => [model, publisher]))];
  await insert('model (name, publisher, created_at)', 'select *, now() from unnest($1::text[], $2::text[])', models.length, (from, to) => [models.slice(from, to).map(([name]) => name), models.slice(from, to).map(([, publisher]) => publisher)]);
  await insert(
    'version (id, model_name, version, license, architecture, artifacts, sources, provenance, digest, created_at)',
    `select id, model, version, license, jsonb_build_object('parametersTotal', parameters), '[{"fileName":"model.safetensors","format":"safetensors","bytes":1,"sha256":"","quantization":null}]', '[]', '[]', id, now()
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::float8[]) as row (id, model, version, license, parameters)`,
    versions.length,
    (from, to) => {
      const part = versions.slice(from, to);
      return [part.map((_, place) => idOf(from + place)), part.map(({ model }) => model), part.map(({ version }) => version), part.map(({ license }) => license), part.map(({ parameters }) => parameters)];
    },
  );
  const edges = versions.flatMap(({ edges: of }, child) => of.map((edge, position) => ({ ...edge, child, position })));
  await insert('lineage_edge (child_id, position, parent_model, parent_version, relation)', 'select * from unnest($1::text[], $2::int[], $3::text[], $4::text[], $5::text[])', edges.length, (from, to) => {
    const part = edges.slice(from, to);
    return [part.map(({ child }) => idOf(child)), part.map(({ position }) => position), part.map(({ parent }) => versions[parent]?.model), part.map(({ parent }) => versions[parent]?.version), part.map(({ relation }) => relation)];
  });
  await client.query('analyze model, version, lineage_edge');

  async function insert(into: string, select: string, count: number, valuesOf: (from: number, to: number) => unknown[]): Promise<void> {
    for (let from = 0; from < count; from += rowsAtATime) await client.query(`insert into ${into} ${select}`, valuesOf(from, Math.min(count, from + rowsAtATime)));
  }
}
