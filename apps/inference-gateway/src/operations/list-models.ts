import type { ProjectId, UseCaseId } from '@weighbridge/shared-domain';
import type { Judge } from '../facts/license-judge.ts';
import type { RegistryIndex, SnapshotUseCase } from '../facts/registry-index.ts';

export interface ListModelsDeps {
  readonly registry: () => RegistryIndex;
  readonly judge: Judge;
  readonly now: () => Date;
}

export interface OpenAiModel {
  readonly id: string;
  readonly object: 'model';
  /** Unix seconds. */
  readonly created: number;
  readonly owned_by: string;
}

export interface ListModelsInput {
  readonly projectId: ProjectId | null;
  readonly useCaseId: UseCaseId | null;
  readonly namedUseCase: string | undefined;
}

/** Every reference that may be called now, of one model or of all: deployed, and allowed for the use case. Without a use case, everything that is deployed. */
export function listModels({ registry: current, judge, now }: ListModelsDeps, { projectId, useCaseId, namedUseCase }: ListModelsInput, only?: string): OpenAiModel[] {
  const registry = current();
  const wanted = namedUseCase ?? useCaseId;
  const useCase = projectId === null || wanted === null ? undefined : registry.findUseCase(projectId, wanted);
  const callable = new Map<string, boolean>();
  const isCallable = (ref: string) => {
    const known = callable.get(ref);
    if (known !== undefined) return known;
    const answer = registry.deploymentsOf(ref).some(({ status }) => status === 'active') && (useCase === undefined || isAllowed(registry, judge, ref, useCase, now()));
    callable.set(ref, answer);
    return answer;
  };
  const models = only === undefined ? registry.models : registry.models.filter(({ name }) => name === only);
  return models.flatMap((model) => {
    const references = [
      ...(model.defaultVersion === null ? [] : [{ id: model.name as string, version: model.defaultVersion as string }]),
      ...Object.entries(model.aliases).map(([alias, version]) => ({ id: `${model.name}:${alias}`, version: version as string })),
    ];
    const versions = registry.deployedVersionsOf(model.name).map((version) => ({ id: `${model.name}@${version}`, version }));
    return [...references, ...versions]
      .filter(({ version }) => isCallable(`${model.name}@${version}`))
      .map(({ id }) => ({ id, object: 'model' as const, created: Math.floor(Date.parse(model.createdAt) / 1_000), owned_by: model.publisher }));
  });
}

function isAllowed(registry: RegistryIndex, judge: Judge, ref: string, useCase: SnapshotUseCase, at: Date): boolean {
  const judged = judge(registry, ref, useCase);
  return judged.decision === 'allow' || judged.decision === 'allow_with_obligations' || (judged.decision === 'review' && registry.findApproval(useCase.id, ref, at, judged) !== undefined);
}
