export { registryEndpoints } from './endpoints.ts';
export { CatalogueEntry, CatalogueEntrySummary, ImportRequest } from './model-endpoints.ts';
export { registryChannels } from './channels.ts';
export { AuditEntry, AuditVerification } from './audit.ts';
export { Approval, DatedDecision, DecisionRequest, LicenseMatch, NewApproval, NewPromotion, Promotion, VersionReference } from './decision.ts';
export { BackendView, Deployment, DeploymentFacts, DeploymentStatus, NewBackend, NewDeployment, SealedBackend } from './deployment.ts';
export { Alias, Artifact, ArtifactFormat, BaseModel, Card, ImportDraft, LineageGraph, Model, ModelSummary, NewModel, NewVersion, Provenance, Source, Version, VersionSummary } from './model.ts';
export { CreatedKey, Key, Me, NewKey, NewProject, NewUseCase, Project, UnknownPricePolicy, UseCase } from './project.ts';
export { RegistrySnapshot } from './snapshot.ts';
