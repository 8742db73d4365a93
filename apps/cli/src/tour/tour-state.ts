import type { KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { Clients } from './clients.ts';
import type { Report } from './report.ts';

/** What the steps hand on to each other. */
export interface TourState {
  readonly origin: string;
  readonly live: boolean;
  readonly startedAt: Date;
  readonly tasks: readonly Task[];
  readonly report: Report;
  /** With the platform administrator's key. */
  readonly admin: Clients;
  readonly project: { readonly id: ProjectId; readonly name: string };
  /** With the key of the first project, for support answers. */
  readonly support: Clients;
  readonly supportKeyId: KeyId;
  readonly supportUseCase: UseCaseId;
  readonly triage: Clients;
  readonly triageUseCase: UseCaseId;
  readonly evaluationUseCase: UseCaseId;
}

export interface Task {
  readonly id: string;
  readonly family: string;
  readonly prompt: string;
  readonly answer: string;
}

export const versions = ['nano', 'mini', 'base'] as const;
export type LocalVersion = (typeof versions)[number];
