import type { Decision, PolicedDecision } from '@weighbridge/registry-domain';
import { AppError } from '@weighbridge/shared-domain';
import type { ApprovalId, UseCaseId } from '@weighbridge/shared-domain';

/** A decision with the digest of everything it was made from, by which it is found again. */
export interface JudgedDecision extends PolicedDecision {
  readonly inputsDigest: string;
}

export interface LicenseQuestion {
  /** `name@version`. */
  readonly ref: string;
  readonly useCaseId: UseCaseId;
  readonly useCaseName: string;
}

export interface ClearedDecision {
  readonly outcome: 'allow' | 'allow_with_obligations' | 'review';
  readonly inputsDigest: string;
  /** Given for `review` only. */
  readonly approvalId: ApprovalId | null;
}

/** Lets a use go on whose decision allows it, or whose review has been approved; all else is refused with the reasons and clauses (P5). */
export function checkLicense(decision: JudgedDecision, approvalId: ApprovalId | null, { ref, useCaseId, useCaseName }: LicenseQuestion): ClearedDecision {
  const outcome = decision.decision;
  const extensions = { decision: outcome, reasons: decision.reasons, obligations: decision.obligations, model: ref, useCaseId, inputsDigest: decision.inputsDigest };
  switch (outcome) {
    case 'allow':
    case 'allow_with_obligations':
      return { outcome, inputsDigest: decision.inputsDigest, approvalId: null };
    case 'review':
      if (approvalId !== null) return { outcome, inputsDigest: decision.inputsDigest, approvalId };
      throw new AppError('license.review', `review of ${ref} for ${useCaseId} is not approved`, {
        detail: `The use of "${ref}" for "${useCaseName}" needs a review and an approval first. ${firstReason(decision)}`,
        extensions,
      });
    case 'deny':
      throw new AppError('license.denied', `${ref} is denied for ${useCaseId}`, { detail: `${whoDenies(decision)} does not allow "${ref}" for "${useCaseName}". ${firstReason(decision)}`, extensions });
  }
}

/** The reasons name licence and clause themselves. */
function firstReason({ reasons }: Decision): string {
  const [first, ...others] = reasons;
  if (first === undefined) return '';
  return others.length === 0 ? first.message : `${first.message} (And ${others.length} more.)`;
}

/** What decides is the first of the reasons. */
const whoDenies = ({ reasons }: Decision): string => (reasons[0]?.code === 'policy' ? 'A policy of the organisation' : 'The licence');
