import type { Repositories, UseCaseRecord } from '@weighbridge/registry-data';
import { evaluateGate } from '@weighbridge/registry-domain';
import type { GateConditions, GateInput, GateResult } from '@weighbridge/registry-domain';
import { parseModelReference } from '@weighbridge/shared-domain';
import type { UseCaseId } from '@weighbridge/shared-domain';
import type { RegistryDeps } from '../deps.ts';
import { invalidField } from '../refusals.ts';
import { gatherEvidence } from './gather-evidence.ts';

export type JudgeDeps = Pick<RegistryDeps, 'registry' | 'decider' | 'evaluation' | 'now'>;

/** The gate as it stands at this moment: licence decision, approval, and what was measured. Throws `service.unavailable` when evidence cannot be had. */
export async function judgeGate(deps: JudgeDeps, { model, version, gate, useCase }: { readonly model: string; readonly version: string; readonly gate: GateConditions; readonly useCase: UseCaseRecord }): Promise<GateResult> {
  const baseline = gate.baseline === undefined ? null : { ...(await resolveBaseline(deps.registry, gate.baseline.model)), margin: gate.baseline.margin };
  const { decision, reasons, obligations } = await deps.decider.decide(model, version, useCase.facts, useCase);
  const evidence = await gatherEvidence(deps, { projectId: useCase.projectId, suite: gate.suite, candidate: { model, version }, baseline });
  const approval = decision === 'review' ? await approvalInForce(deps, useCase.id, model, version) : null;
  return evaluateGate({ conditions: gate, decision: { decision, reasons, obligations }, approval, ...evidence });
}

async function approvalInForce({ registry, now }: Pick<RegistryDeps, 'registry' | 'now'>, useCaseId: UseCaseId, model: string, version: string): Promise<NonNullable<GateInput['approval']> | null> {
  const approval = await registry.approvals.findApproval(useCaseId, model, version, now());
  return approval === null ? null : { id: approval.id, approvedBy: approval.approvedBy, expiresAt: approval.expiresAt.toISOString() };
}

/** An alias or a bare name stands for what it means now. */
async function resolveBaseline({ aliases, models, versions }: Repositories, reference: string): Promise<{ model: string; version: string }> {
  const parsed = parseModelReference(reference);
  const unknown = (what: string) => invalidField('/body/gate/baseline/model', what);
  if (parsed === null) throw unknown('must be a model reference: "name", "name@version" or "name:alias"');
  const version =
    parsed.kind === 'version'
      ? parsed.version
      : parsed.kind === 'alias'
        ? (await aliases.findAlias(parsed.model, parsed.alias))?.version
        : ((await aliases.findAlias(parsed.model, 'default'))?.version ?? (await models.findModelOverview(parsed.model))?.latestVersion ?? undefined);
  if (version === undefined || (await versions.findVersion(parsed.model, version)) === null) throw unknown(`"${reference}" names no registered version`);
  return { model: parsed.model, version };
}
