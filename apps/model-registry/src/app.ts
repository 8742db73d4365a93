import { registryEndpoints } from '@weighbridge/registry-contracts';
import { createAuthenticator } from '@weighbridge/shared-adapters/auth';
import { createHttpApp } from '@weighbridge/shared-adapters/http';
import type { Handlers } from '@weighbridge/shared-adapters/http';
import type { Logger } from '@weighbridge/shared-adapters/logging';
import type { RegistryDeps } from './deps.ts';
import { mlflowHandlers } from './mlflow/handlers.ts';
import { renderMlflowError } from './mlflow/render-error.ts';
import { findLiveKey } from './operations/find-live-key.ts';
import { approveChangeRequestRoute } from './routes/approve-change-request.ts';
import { assessImpactRoute } from './routes/assess-impact.ts';
import { blockDeploymentRoute } from './routes/block-deployment.ts';
import { compareLicensesRoute } from './routes/compare-licenses.ts';
import { createApprovalRoute } from './routes/create-approval.ts';
import { createChangeRequestRoute } from './routes/create-change-request.ts';
import { cancelDownloadRoute } from './routes/cancel-download.ts';
import { createDeploymentRoute } from './routes/create-deployment.ts';
import { createDownloadRoute } from './routes/create-download.ts';
import { createKeyRoute } from './routes/create-key.ts';
import { createModelRoute } from './routes/create-model.ts';
import { createPlatformKeyRoute } from './routes/create-platform-key.ts';
import { createProjectRoute } from './routes/create-project.ts';
import { createUseCaseRoute } from './routes/create-use-case.ts';
import { decideMatrixRoute } from './routes/decide-matrix.ts';
import { decideUseRoute } from './routes/decide-use.ts';
import { detectLicenseRoute } from './routes/detect-license.ts';
import { getAliasRoute } from './routes/get-alias.ts';
import { getAliasBomRoute } from './routes/get-alias-bom.ts';
import { getAliasNoticeRoute } from './routes/get-alias-notice.ts';
import { getProjectBomRoute } from './routes/get-project-bom.ts';
import { getProjectNoticeRoute } from './routes/get-project-notice.ts';
import { getUsagePlacesRoute } from './routes/get-usage-places.ts';
import { getVersionBomRoute } from './routes/get-version-bom.ts';
import { getVersionNoticeRoute } from './routes/get-version-notice.ts';
import { getCardRoute } from './routes/get-card.ts';
import { getCatalogueEntryRoute } from './routes/get-catalogue-entry.ts';
import { getChangeRequestRoute } from './routes/get-change-request.ts';
import { getDownloadRoute } from './routes/get-download.ts';
import { getLicenseRoute } from './routes/get-license.ts';
import { getLineageRoute } from './routes/get-lineage.ts';
import { getMeRoute } from './routes/get-me.ts';
import { getModelRoute } from './routes/get-model.ts';
import { getPolicyRoute } from './routes/get-policy.ts';
import { getSnapshotRoute } from './routes/get-snapshot.ts';
import { getUseCaseRoute } from './routes/get-use-case.ts';
import { getVersionRoute } from './routes/get-version.ts';
import { importArchiveRoute } from './routes/import-archive.ts';
import { importModelRoute } from './routes/import-model.ts';
import { listAliasMovesRoute } from './routes/list-alias-moves.ts';
import { listApprovalsRoute } from './routes/list-approvals.ts';
import { listAuditRoute } from './routes/list-audit.ts';
import { listCatalogueRoute } from './routes/list-catalogue.ts';
import { listChangeRequestsRoute } from './routes/list-change-requests.ts';
import { listDeploymentsRoute } from './routes/list-deployments.ts';
import { listKeysRoute } from './routes/list-keys.ts';
import { listLicenseRevisionsRoute } from './routes/list-license-revisions.ts';
import { listLicensesRoute } from './routes/list-licenses.ts';
import { listModelVersionsRoute } from './routes/list-model-versions.ts';
import { listModelsRoute } from './routes/list-models.ts';
import { listPlatformKeysRoute } from './routes/list-platform-keys.ts';
import { listPoliciesRoute } from './routes/list-policies.ts';
import { listDownloadsRoute } from './routes/list-downloads.ts';
import { listProjectsRoute } from './routes/list-projects.ts';
import { listPromotionsRoute } from './routes/list-promotions.ts';
import { listUseCaseVocabularyRoute } from './routes/list-use-case-vocabulary.ts';
import { listUseCasesRoute } from './routes/list-use-cases.ts';
import { listEndUsersRoute } from './routes/list-end-users.ts';
import { reportEndUsersRoute } from './routes/report-end-users.ts';
import { promoteRoute } from './routes/promote.ts';
import { protectAliasRoute } from './routes/protect-alias.ts';
import { putPolicyRoute } from './routes/put-policy.ts';
import { registerFromCatalogueRoute } from './routes/register-from-catalogue.ts';
import { registerVersionRoute } from './routes/register-version.ts';
import { rejectChangeRequestRoute } from './routes/reject-change-request.ts';
import { removeAliasRoute } from './routes/remove-alias.ts';
import { reviseLicenseRoute } from './routes/revise-license.ts';
import { revokeApprovalRoute } from './routes/revoke-approval.ts';
import { revokeKeyRoute } from './routes/revoke-key.ts';
import { rollbackAliasRoute } from './routes/rollback-alias.ts';
import { searchVersionsRoute } from './routes/search-versions.ts';
import { setAliasRoute } from './routes/set-alias.ts';
import { setDeploymentPlaceRoute } from './routes/set-deployment-place.ts';
import { setDeploymentStatusRoute } from './routes/set-deployment-status.ts';
import { setVersionTagsRoute } from './routes/set-version-tags.ts';
import { transferModelRoute } from './routes/transfer-model.ts';
import { tryPolicyRoute } from './routes/try-policy.ts';
import { unblockDeploymentRoute } from './routes/unblock-deployment.ts';
import { validatePolicyRoute } from './routes/validate-policy.ts';
import { verifyAuditRoute } from './routes/verify-audit.ts';
import { verifyPublisherRoute } from './routes/verify-publisher.ts';
import { withdrawChangeRequestRoute } from './routes/withdraw-change-request.ts';

export interface RegistryAppOptions {
  /** By which the services of this installation know each other. */
  readonly serviceToken: string;
  readonly version: string;
  readonly logger: Logger;
  readonly readiness: Readonly<Record<string, () => unknown>>;
  readonly stopping: () => boolean;
}

export const createApp = (deps: RegistryDeps, options: RegistryAppOptions): ReturnType<typeof createHttpApp> =>
  createHttpApp({
    service: 'model-registry',
    version: options.version,
    description: 'Models, versions, aliases, lineage, licences, use cases, decisions, promotion, projects and keys, audit.',
    publicPath: '/api/registry',
    endpoints: registryEndpoints,
    handlers: handlersOf(deps),
    authenticate: createAuthenticator({ serviceToken: options.serviceToken, findKey: (digest) => findLiveKey(deps, digest), now: deps.now }),
    logger: options.logger,
    readiness: options.readiness,
    stopping: options.stopping,
    renderError: renderMlflowError,
  });

function handlersOf(deps: RegistryDeps): Handlers<typeof registryEndpoints> {
  return {
    getMe: getMeRoute(deps),
    createProject: createProjectRoute(deps),
    listProjects: listProjectsRoute(deps),
    createKey: createKeyRoute(deps),
    listKeys: listKeysRoute(deps),
    revokeKey: revokeKeyRoute(deps),
    createUseCase: createUseCaseRoute(deps),
    listUseCases: listUseCasesRoute(deps),
    getUseCase: getUseCaseRoute(deps),
    listUseCaseVocabulary: listUseCaseVocabularyRoute(),
    createModel: createModelRoute(deps),
    listModels: listModelsRoute(deps),
    getModel: getModelRoute(deps),
    registerVersion: registerVersionRoute(deps),
    getVersion: getVersionRoute(deps),
    searchVersions: searchVersionsRoute(deps),
    listModelVersions: listModelVersionsRoute(deps),
    setVersionTags: setVersionTagsRoute(deps),
    getUsagePlaces: getUsagePlacesRoute(deps),
    verifyPublisher: verifyPublisherRoute(deps),
    getLineage: getLineageRoute(deps),
    getCard: getCardRoute(deps),
    importModel: importModelRoute(deps),
    importArchive: importArchiveRoute(deps),
    createDownload: createDownloadRoute(deps),
    listDownloads: listDownloadsRoute(deps),
    getDownload: getDownloadRoute(deps),
    cancelDownload: cancelDownloadRoute(deps),
    listCatalogue: listCatalogueRoute(deps),
    getCatalogueEntry: getCatalogueEntryRoute(deps),
    registerFromCatalogue: registerFromCatalogueRoute(deps),
    listLicenses: listLicensesRoute(deps),
    listLicenseRevisions: listLicenseRevisionsRoute(deps),
    reviseLicense: reviseLicenseRoute(deps),
    compareLicenses: compareLicensesRoute(deps),
    getLicense: getLicenseRoute(deps),
    detectLicense: detectLicenseRoute(deps),
    decide: decideUseRoute(deps),
    assessImpact: assessImpactRoute(deps),
    decideMatrix: decideMatrixRoute(deps),
    createApproval: createApprovalRoute(deps),
    listApprovals: listApprovalsRoute(deps),
    createDeployment: createDeploymentRoute(deps),
    listDeployments: listDeploymentsRoute(deps),
    setDeploymentStatus: setDeploymentStatusRoute(deps),
    setDeploymentPlace: setDeploymentPlaceRoute(deps),
    approveChangeRequest: approveChangeRequestRoute(deps),
    blockDeployment: blockDeploymentRoute(deps),
    createChangeRequest: createChangeRequestRoute(deps),
    createPlatformKey: createPlatformKeyRoute(deps),
    getAlias: getAliasRoute(deps),
    getChangeRequest: getChangeRequestRoute(deps),
    listAliasMoves: listAliasMovesRoute(deps),
    listChangeRequests: listChangeRequestsRoute(deps),
    listPlatformKeys: listPlatformKeysRoute(deps),
    protectAlias: protectAliasRoute(deps),
    rejectChangeRequest: rejectChangeRequestRoute(deps),
    removeAlias: removeAliasRoute(deps),
    revokeApproval: revokeApprovalRoute(deps),
    rollbackAlias: rollbackAliasRoute(deps),
    transferModel: transferModelRoute(deps),
    unblockDeployment: unblockDeploymentRoute(deps),
    withdrawChangeRequest: withdrawChangeRequestRoute(deps),
    setAlias: setAliasRoute(deps),
    promote: promoteRoute(deps),
    listPromotions: listPromotionsRoute(deps),
    listPolicies: listPoliciesRoute(deps),
    getPolicy: getPolicyRoute(deps),
    putPolicy: putPolicyRoute(deps),
    validatePolicy: validatePolicyRoute(),
    tryPolicy: tryPolicyRoute(deps),
    reportEndUsers: reportEndUsersRoute(deps),
    listEndUsers: listEndUsersRoute(deps),
    listAudit: listAuditRoute(deps),
    verifyAudit: verifyAuditRoute(deps),
    getVersionNotice: getVersionNoticeRoute(deps),
    getAliasNotice: getAliasNoticeRoute(deps),
    getProjectNotice: getProjectNoticeRoute(deps),
    getVersionBom: getVersionBomRoute(deps),
    getAliasBom: getAliasBomRoute(deps),
    getProjectBom: getProjectBomRoute(deps),
    ...mlflowHandlers(deps),
    getSnapshot: getSnapshotRoute(deps),
  };
}
