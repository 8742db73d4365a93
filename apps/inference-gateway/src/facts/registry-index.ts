import type { RegistrySnapshot } from '@weighbridge/registry-contracts';
import { approvalCovers, countedUsersOf, createLicenseBook } from '@weighbridge/registry-domain';
import type { CountedUsers, Decision, LicenseBook, PolicySource } from '@weighbridge/registry-domain';
import type { KeyId, ProjectId, UseCaseId } from '@weighbridge/shared-domain';

export type SnapshotKey = RegistrySnapshot['keys'][number];
export type SnapshotProject = RegistrySnapshot['projects'][number];
export type SnapshotUseCase = RegistrySnapshot['useCases'][number];
export type SnapshotModel = RegistrySnapshot['models'][number];
export type SnapshotVersion = RegistrySnapshot['versions'][number];
export type SnapshotDeployment = RegistrySnapshot['deployments'][number];
export type SnapshotApproval = RegistrySnapshot['approvals'][number];

/** One snapshot of the registry, with a way to everything that admission looks up. Never changes: a newer snapshot is a new index. */
export interface RegistryIndex {
  readonly revision: number;
  readonly models: readonly SnapshotModel[];
  /** The catalogue of this build, with what the organisation added or amended over it. */
  readonly licenses: LicenseBook;
  readonly counted: CountedUsers;
  /** Of the organisation, those that are enabled. */
  readonly policies: readonly PolicySource[];
  readonly findKeyByDigest: (digest: string) => SnapshotKey | undefined;
  readonly findKey: (id: KeyId) => SnapshotKey | undefined;
  readonly findProject: (id: ProjectId) => SnapshotProject | undefined;
  /** By id or by name, within the project only. */
  readonly findUseCase: (projectId: ProjectId, idOrName: string) => SnapshotUseCase | undefined;
  readonly findModel: (name: string) => SnapshotModel | undefined;
  /** `ref` is `name@version`. */
  readonly findVersion: (ref: string) => SnapshotVersion | undefined;
  readonly deploymentsOf: (ref: string) => readonly SnapshotDeployment[];
  /** Versions of a model that have a deployment, paused ones too. */
  readonly deployedVersionsOf: (model: string) => readonly string[];
  /** An approval that has not expired and speaks for every reason of the decision. */
  readonly findApproval: (useCaseId: UseCaseId, ref: string, at: Date, decision: Pick<Decision, 'reasons'>) => SnapshotApproval | undefined;
}

const approvalKey = (useCaseId: string, ref: string) => `${useCaseId} ${ref}`;

export function indexRegistry(snapshot: RegistrySnapshot): RegistryIndex {
  const keysByDigest = new Map(snapshot.keys.map((key) => [key.digest, key]));
  const keys = new Map(snapshot.keys.map((key) => [key.id, key]));
  const projects = new Map(snapshot.projects.map((project) => [project.id, project]));
  const useCases = new Map(snapshot.useCases.map((useCase) => [useCase.id as string, useCase]));
  const useCasesByName = new Map(snapshot.useCases.map((useCase) => [`${useCase.projectId} ${useCase.name}`, useCase]));
  const models = new Map(snapshot.models.map((model) => [model.name, model]));
  const versions = new Map(snapshot.versions.map((version) => [version.ref, version]));
  const deployments = Map.groupBy(snapshot.deployments, ({ model, version }) => `${model}@${version}`);
  const deployedVersions = Map.groupBy(snapshot.deployments, ({ model }) => model as string);
  const approvals = Map.groupBy(snapshot.approvals, ({ useCaseId, model }) => approvalKey(useCaseId, model));
  return {
    revision: snapshot.revision,
    models: snapshot.models,
    licenses: createLicenseBook(snapshot.licenses),
    counted: countedUsersOf(snapshot.countedUsers),
    policies: snapshot.policies ?? [],
    findKeyByDigest: (digest) => keysByDigest.get(digest),
    findKey: (id) => keys.get(id),
    findProject: (id) => projects.get(id),
    findUseCase: (projectId, idOrName) => {
      const found = useCases.get(idOrName) ?? useCasesByName.get(`${projectId} ${idOrName}`);
      return found?.projectId === projectId ? found : undefined;
    },
    findModel: (name) => models.get(name),
    findVersion: (ref) => versions.get(ref),
    deploymentsOf: (ref) => deployments.get(ref) ?? [],
    deployedVersionsOf: (model) => [...new Set((deployedVersions.get(model) ?? []).map(({ version }) => version as string))],
    findApproval: (useCaseId, ref, at, decision) => approvals.get(approvalKey(useCaseId, ref))?.find(({ expiresAt, grounds }) => Date.parse(expiresAt) > at.getTime() && approvalCovers(grounds, decision)),
  };
}
