import type { Repositories, UseCaseRecord } from '@weighbridge/registry-data';
import { approvalCovers, evaluateGate } from '@weighbridge/registry-domain';
import type { Decision, GateConditions, GateInput, GateResult } from '@weighbridge/registry-domain';
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
  const approval = decision === 'review' ? await approvalInForce(deps, { useCaseId: useCase.id, model, version, reasons }) : null;
  return evaluateGate({ conditions: gate, decision: { decision, reasons, obligations }, approval, ...evidence });
}

interface ApprovalQuestion extends Pick<Decision, 'reasons'> {
  readonly useCaseId: UseCaseId;
  readonly model: string;
  readonly version: string;
}

/** The one that lasts longest among those that speak for all of the reasons. */
async function approvalInForce({ registry, now }: Pick<RegistryDeps, 'registry' | 'now'>, { useCaseId, model, version, reasons }: ApprovalQuestion): Promise<NonNullable<GateInput['approval']> | null> {
  const approval = (await registry.approvals.listApprovalsInForce(useCaseId, model, version, now())).find(({ grounds }) => approvalCovers(grounds, { reasons }));
  return approval === undefined ? null : { id: approval.id, approvedBy: approval.approvedBy, expiresAt: approval.expiresAt.toISOString() };
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
