import { ApiError } from '@weighbridge/shared-contracts';
import { versions } from './tour-state.ts';
import type { LocalVersion, TourState } from './tour-state.ts';

export const localModel = 'abacus';

const catalogue = ['deepseek-v3', 'deepseek-r1', 'deepseek-r1-distill-llama-70b', 'llama-3.1-405b', 'qwen2.5-72b', 'gpt-4o', 'claude-3.5-sonnet', 'o1'];

/** What running the models is charged at inside the company, in US dollars per million tokens. */
const prices: Record<LocalVersion, { readonly input: string; readonly output: string }> = {
  nano: { input: '1', output: '2' },
  mini: { input: '5', output: '10' },
  base: { input: '20', output: '40' },
};

/** 2. Models come with their papers: read from the files, or from the reference catalogue. */
export async function registerModels(state: TourState): Promise<void> {
  const { report, admin, support } = state;
  report.step('Models, registered with their papers');
  await existing(support.registry.createModel({ body: { name: localModel, publisher: 'abacus', description: 'Three tiny chat models for offline use' } }));
  // Of an earlier tour's project otherwise, and only its owner may promote it.
  await admin.registry.transferModel({ params: { name: localModel }, body: { owner: state.project.id } });

  const rows: string[][] = [];
  for (const version of versions) {
    const draft = await support.registry.importModel({ body: { kind: 'gguf', path: `abacus-${version}.gguf` } });
    const { license, version: _, ...read } = draft.version;
    const registered = await support.registry.registerVersion({ params: { name: localModel }, body: { ...read, version, ...(license === null ? {} : { license }) } });
    const artifact = registered.artifacts[0];
    if (artifact === undefined) throw new Error(`the import of abacus-${version}.gguf found no artifact`);
    rows.push([
      `${localModel}@${version}`,
      registered.license ?? 'not recognised',
      registered.provenance.find((entry) => entry.field === 'license')?.readFrom ?? '',
      (registered.architecture?.parametersTotal ?? 0).toLocaleString('en'),
      `${artifact.bytes.toLocaleString('en')} bytes`,
      `${artifact.sha256.slice(0, 16)}…`,
    ]);
    await deploy(state, version, artifact.fileName);
    await setPrice(state, version);
  }
  report.line('imported from GGUF files; nothing typed in:');
  report.table(['version', 'licence', 'read from', 'parameters', 'file', 'SHA-256'], rows);
  report.expect('mini carries OpenRAIL-M, nano and base Apache-2.0, as their files say', rows.map((row) => row[1]).join() === 'Apache-2.0,LicenseRef-BigScience-OpenRAIL-M,Apache-2.0');

  const result = await admin.registry.registerFromCatalogue({ body: { models: catalogue } });
  report.line(`from the reference catalogue: ${catalogue.join(', ')} (${result.registered.length} versions new, ${result.existing.length} known, with everything they were made from)`);
  const lineage = await support.registry.getLineage({ params: await newest(state, 'deepseek-r1-distill-llama-70b') });
  report.table(
    ['made from', 'relation', 'its licence'],
    lineage.edges.map((edge) => [`${edge.from} ← ${edge.to}`, edge.relation, lineage.nodes.find((node) => node.ref === edge.to)?.license ?? 'unknown']),
  );
  report.expect('DeepSeek-R1-Distill-Llama-70B leads back to a Llama', lineage.nodes.some((node) => node.license?.includes('Llama') === true));
}

export async function newest(state: TourState, model: string): Promise<{ name: string; version: string }> {
  const { latestVersion } = await state.support.registry.getModel({ params: { name: model } });
  if (latestVersion === null) throw new Error(`${model} has no version`);
  return { name: model, version: latestVersion };
}

async function deploy(state: TourState, version: LocalVersion, artifact: string): Promise<void> {
  const { data } = await state.support.registry.listDeployments({ params: { name: localModel } });
  if (data.some((deployment) => deployment.version === version)) return;
  await state.support.registry.createDeployment({
    params: { name: localModel },
    body: { version, pool: 'local', concurrency: 8, contextLength: 256, defaultMaxOutputTokens: 64, backend: { kind: 'llama-cpp', artifact } },
  });
}

async function setPrice(state: TourState, version: LocalVersion): Promise<void> {
  const { data } = await state.admin.cost.listPrices({ query: { model: localModel } });
  if (data.some((entry) => entry.version === version)) return;
  const { input, output } = prices[version];
  await state.admin.cost.createPrices({
    body: { entries: [{ model: localModel, version, price: { inputUsdPerMillion: input, outputUsdPerMillion: output }, source: 'internal charge for the shared inference machines, 2026' }] },
  });
}

/** A tour that is taken again finds what it made the first time. */
async function existing(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'resource.conflict')) throw error;
  }
}
