import type { Seeded } from './seed.ts';

/** A page and what is on it once its data is there. */
export interface Visit {
  readonly name: string;
  readonly path: (seeded: Seeded) => string;
  readonly heading: (seeded: Seeded) => string | RegExp;
  /** Texts that are on the page once its data is there. */
  readonly shows: readonly (string | RegExp)[];
}

const text = (value: string) => () => value;
export const visits: readonly Visit[] = [
  { name: 'overview', path: text('/'), heading: text('Overview'), shows: ['Jobs waiting', 'Spend this month, by model', 'support', 'abacus@base', 'promoted'] },
  { name: 'models', path: text('/models'), heading: text('Models'), shows: ['abacus', 'deepseek-v3', 'Newest version'] },
  { name: 'models that fit a search', path: text('/models?q=distill'), heading: text('Models'), shows: ['deepseek-r1-distill-llama-70b'] },
  { name: 'model', path: text('/models/abacus'), heading: text('abacus'), shows: ['nano', 'llama.cpp, in process', 'base → production'] },
  { name: 'version with lineage', path: (seeded) => `/models/deepseek-r1-distill-llama-70b/versions/${seeded.distillVersion}`, heading: (seeded) => `deepseek-r1-distill-llama-70b@${seeded.distillVersion}`, shows: ['May I use it for that?', 'Lineage', /Built with Llama/, 'Licence in plain words', 'distilled outputs'] },
  { name: 'imported version', path: text('/models/abacus/versions/base'), heading: text('abacus@base'), shows: ['abacus-base.gguf', /read from/, 'Facts'] },
  { name: 'licences', path: text('/licenses'), heading: text('Licences'), shows: ['MIT License', 'Llama 3.3 Community License'] },
  { name: 'licence', path: text('/licenses/LicenseRef-DeepSeek-Model-1.0'), heading: () => /DeepSeek/, shows: ['May I?', 'military purposes', /Attachment A/] },
  { name: 'versions that allow something', path: text('/versions?properties=commercial-use,no-user-limit&for=customer-support'), heading: text('Find a version'), shows: ['deepseek-v3@', 'allowed, with obligations', 'For that use'] },
  { name: 'reference catalogue', path: text('/catalogue?model=deepseek-v3'), heading: text('Reference catalogue'), shows: [/GPU hours/, 'registered here', 'Run by', 'Price at'] },
  { name: 'import', path: text('/imports'), heading: text('Import a model'), shows: ['A Hub repository', 'Read it'] },
  { name: 'matrix', path: text('/matrix'), heading: text('Models and uses'), shows: ['support answers', 'abacus@base', 'denied'] },
  { name: 'impact of a licence', path: text('/impact?license=LicenseRef-DeepSeek-Model-1.0&assume=non-commercial'), heading: text('Impact of a change'), shows: ['What it reaches', 'deepseek-v3@', /decisions? would change/] },
  { name: 'policies', path: text('/policies'), heading: text('Policies'), shows: ['only-eu-for-personal-data', 'in force', /hostedInEu/] },
  { name: 'approvals', path: text('/approvals'), heading: text('Approvals'), shows: [/move production to nano/, 'open'] },
  { name: 'audit log', path: text('/audit'), heading: text('Audit log'), shows: [/The chain is whole/, 'version.registered'] },
  { name: 'two licences', path: text('/licenses/compare?left=LicenseRef-Llama-3.1&right=Apache-2.0'), heading: text('Compare two licences'), shows: ['What is granted', 'differs', 'left only', 'Monthly active users'] },
  { name: 'amending a licence', path: text('/licenses/revise?id=LicenseRef-Llama-3.1'), heading: () => /^Amend Llama 3.1/, shows: ['What your contract settles', 'Nothing differs'] },
  { name: 'use cases', path: text('/use-cases'), heading: text('Use cases'), shows: ['support answers', 'customer support', '20,000'] },
  { name: 'jobs', path: text('/jobs'), heading: text('Jobs'), shows: ['succeeded', 'abacus@base', 'Waiting'] },
  { name: 'job', path: (seeded) => `/jobs/${seeded.finishedJob}`, heading: () => /^job_/, shows: ['What is 17 plus 25?', 'Receipt', /^allowed/, 'Attempts', 'exact'] },
  { name: 'playground', path: text('/playground'), heading: text('Playground'), shows: ['Choose a project first'] },
  { name: 'batches', path: text('/batches'), heading: text('Batches'), shows: ['Choose a project first'] },
  { name: 'webhooks', path: text('/webhooks'), heading: text('Webhooks'), shows: ['the pager of support', 'active', 'Deliveries', 'job.succeeded', 'pending'] },
  { name: 'runs', path: text('/evaluations'), heading: text('Evaluations'), shows: ['abacus@nano', 'abacus@base', 'Choose two to compare'] },
  { name: 'run', path: (seeded) => `/evaluations/runs/${seeded.runs[0]}`, heading: text('abacus@nano on sums'), shows: ['Accuracy by slice', 'even', 'odd', 'Samples', 'Per correct answer'] },
  { name: 'comparison', path: (seeded) => `/evaluations/compare?baseline=${seeded.runs[0]}&candidate=${seeded.runs[1]}`, heading: text('Compare two runs'), shows: ['p-value', 'By slice', 'candidate only : baseline only'] },
  { name: 'leaderboard', path: text('/evaluations/leaderboard'), heading: text('Leaderboard'), shows: ['Ranking', 'abacus@base'] },
  { name: 'spend', path: text('/costs?range=24h'), heading: text('Costs'), shows: ['Spend by model', 'abacus@nano', 'Total'] },
  { name: 'budgets', path: text('/costs/budgets'), heading: text('Budgets'), shows: ['support', 'hard', '$1.00'] },
  { name: 'prices', path: text('/costs/prices'), heading: text('Prices'), shows: ['abacus@base', '$20.00'] },
  { name: 'projects and keys', path: text('/keys'), heading: text('Projects and keys'), shows: ['Customer care', 'Nothing yet'] },
  { name: 'a page that is not there', path: text('/no/such/page'), heading: text('There is no such page'), shows: ['Go to the overview'] },
];
