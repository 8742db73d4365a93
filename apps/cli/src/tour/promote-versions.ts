import type { GateResult } from '@weighbridge/registry-domain';
import { GateResult as GateResultSchema } from '@weighbridge/registry-domain';
import { ApiError } from '@weighbridge/shared-contracts';
import pc from 'picocolors';
import { until } from './progress.ts';
import { localModel } from './register-models.ts';
import { versions } from './tour-state.ts';
import type { LocalVersion, TourState } from './tour-state.ts';
import { suiteName } from './weigh-models.ts';

/** 6. The gate joins licence, quality and cost: only what passes all of them gets the alias. */
export async function promoteVersions(state: TourState): Promise<{ readonly answers: number }> {
  const { report, triage } = state;
  report.step('Promotion to "production" for claim triage');
  report.line('the gate: licence allows fully automated decisions; accuracy at least 85 %, shown by the lower end of its interval; a correct answer costs at most $0.002');
  const outcomes = new Map<LocalVersion, GateResult>();
  for (const version of versions) {
    const result = await promote(state, version);
    outcomes.set(version, result);
    report.line(`${pc.bold(version)}: ${result.passed ? pc.green('promoted') : pc.red('refused')}`);
    for (const condition of result.conditions) report.line(`  ${mark(condition.outcome)} ${condition.name}: ${condition.message}`);
  }
  const failed = (version: LocalVersion, condition: string) => outcomes.get(version)?.conditions.find(({ name }) => name === condition)?.outcome === 'fail';
  const passed = (version: LocalVersion, condition: string) => outcomes.get(version)?.conditions.find(({ name }) => name === condition)?.outcome === 'pass';
  report.expect('nano is refused for its quality: its whole interval lies below the minimum', failed('nano', 'quality') && passed('nano', 'license'));
  report.expect('mini is good enough, and refused for its OpenRAIL licence', passed('mini', 'quality') && failed('mini', 'license'));
  report.expect('base passes everything and is promoted', outcomes.get('base')?.passed === true);

  const denied = await triage.openai.chat.completions.create({ model: `${localModel}@mini`, messages: [{ role: 'user', content: 'What is 6 times 7?' }] }).then(
    () => null,
    (error: unknown) => error,
  );
  const status = denied !== null && typeof denied === 'object' && 'status' in denied ? denied.status : null;
  report.line(`mini asked directly with the key of claim triage: HTTP ${String(status)} ${denied instanceof Error ? pc.dim(denied.message.slice(0, 200)) : ''}`);
  report.expect('the decision is enforced on the request too: 403', status === 403);

  const answer = await until('the alias at the gateway', 5_000, async () => {
    try {
      return await triage.openai.chat.completions.create({ model: `${localModel}:production`, messages: [{ role: 'user', content: 'Which is larger, 512 or 498?' }], temperature: 0 }).withResponse();
    } catch (error) {
      if (error instanceof Error && 'status' in error && error.status === 404) return undefined;
      throw error;
    }
  });
  report.line(`${localModel}:production (${answer.response.headers.get('x-weighbridge-model') ?? '?'}): Which is larger, 512 or 498? ${pc.green(answer.data.choices[0]?.message.content ?? '')}`);
  report.expect('abacus:production is base, and answers', answer.response.headers.get('x-weighbridge-model') === `${localModel}@base` && answer.data.choices[0]?.message.content?.trim() === '512');
  return { answers: 1 };
}

async function promote({ support, triageUseCase }: TourState, version: LocalVersion): Promise<GateResult> {
  try {
    const promotion = await support.registry.promote({
      params: { name: localModel },
      body: { version, alias: 'production', gate: { useCase: triageUseCase, suite: suiteName, minAccuracy: 0.85, minSamples: 500, maxCostPerCorrectUsd: '0.002' } },
    });
    return promotion.result;
  } catch (error) {
    if (error instanceof ApiError && error.code === 'gate.failed') return GateResultSchema.parse(error.problem['result']);
    throw error;
  }
}

const mark = (outcome: string): string => (outcome === 'pass' ? pc.green('✓') : outcome === 'fail' ? pc.red('✗') : pc.yellow('?'));
