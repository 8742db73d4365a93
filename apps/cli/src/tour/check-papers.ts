import type { DatedDecision } from '@weighbridge/registry-contracts';
import pc from 'picocolors';
import { ApiError } from '@weighbridge/shared-contracts';
import { newest } from './register-models.ts';
import type { TourState } from './tour-state.ts';

const supportFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 8_000_000, regions: ['EU'], distribution: 'service' as const, trainOnOutputs: false };

/** Under the DeepSeek Model License; its successor of March 2025 is MIT. */
const firstV3 = '2024-12-26';

/** 3. May we use this model for that? With clause and reason. */
export async function checkPapers(state: TourState): Promise<void> {
  const { report, support, supportUseCase } = state;
  report.step('Licence decisions, with clause and reason');
  const decide = async (model: string, useCase: typeof supportFacts | typeof supportUseCase, exactly?: string) => {
    const version = exactly ?? (await newest(state, model)).version;
    return support.registry.decide({ body: { model: `${model}@${version}`, useCase } });
  };

  const v3 = await decide('deepseek-v3', supportUseCase, firstV3);
  print(state, 'DeepSeek-V3 for support answers', v3);
  report.expect('DeepSeek-V3 is allowed for support answers, with obligations', v3.decision === 'allow_with_obligations' && v3.obligations.length > 0);

  const military = await decide('deepseek-v3', { ...supportFacts, purposes: ['military'] }, firstV3);
  print(state, 'DeepSeek-V3 for a military purpose', military);
  report.expect('and denied for a military purpose', military.decision === 'deny' && military.reasons.some((reason) => reason.code === 'field-of-use:military'));
  const relicensed = await decide('deepseek-v3', { ...supportFacts, purposes: ['military'] });
  report.expect('while the version of March 2025 is MIT, and its papers forbid no purpose', relicensed.decision === 'allow');

  const llama = await decide('llama-3.1-405b', { ...supportFacts, monthlyActiveUsers: 800_000_000 });
  print(state, 'Llama-3.1-405B for 800 million monthly users', llama);
  report.expect('Llama-3.1-405B is denied for 800 million users until a licence is requested', llama.decision === 'deny' && llama.reasons.some((reason) => reason.code.startsWith('limit:')));

  const distill = await decide('deepseek-r1-distill-llama-70b', supportUseCase);
  print(state, 'DeepSeek-R1-Distill-Llama-70B (its own licence: MIT)', distill);
  report.expect('the obligations of the Llama it was tuned from appear, although its own licence is MIT', distill.obligations.some((obligation) => obligation.license.includes('Llama')));

  await registerUnknown(state);
  const unknown = await decide('acme-chat', supportUseCase);
  print(state, 'a model whose licence nobody knows', unknown);
  report.expect('an unknown licence is a review, never an allow', unknown.decision === 'review' && unknown.reasons.some((reason) => reason.code === 'unknown-license'));
}

const colours: Record<DatedDecision['decision'], (text: string) => string> = { allow: pc.green, allow_with_obligations: pc.green, review: pc.yellow, deny: pc.red };

function print({ report }: TourState, title: string, decision: DatedDecision): void {
  report.line(`${pc.bold(title)}: ${colours[decision.decision](decision.decision)}`);
  for (const reason of decision.reasons.slice(0, 4)) report.line(`  ${pc.dim(reason.code)}${reason.clause === null ? '' : ` (clause ${reason.clause})`} ${reason.message}`);
  for (const obligation of decision.obligations.slice(0, 4)) report.line(`  ${pc.dim('must:')} ${obligation.code} ${pc.dim(`(${obligation.license}, clause ${obligation.clause})`)} ${obligation.text}`);
  if (decision.obligations.length > 4) report.line(pc.dim(`  … and ${decision.obligations.length - 4} more obligations`));
}

async function registerUnknown({ support }: TourState): Promise<void> {
  try {
    await support.registry.createModel({ body: { name: 'acme-chat', publisher: 'Acme', description: 'A model with a licence of its own making' } });
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'resource.conflict')) throw error;
  }
  await support.registry.registerVersion({ params: { name: 'acme-chat' }, body: { version: '1', licenseText: 'You may use this model as long as we like you. Ask Acme before you do anything with it.' } });
}
