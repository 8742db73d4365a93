import { auditEndpoints } from './audit-endpoints.ts';
import { changeRequestEndpoints } from './change-request-endpoints.ts';
import { decisionEndpoints } from './decision-endpoints.ts';
import { deploymentEndpoints } from './deployment-endpoints.ts';
import { documentEndpoints } from './document-endpoints.ts';
import { endUserEndpoints } from './end-user-endpoints.ts';
import { importEndpoints } from './import-endpoints.ts';
import { impactEndpoints } from './impact-endpoints.ts';
import { licenseEndpoints } from './license-endpoints.ts';
import { mlflowEndpoints } from './mlflow-endpoints.ts';
import { modelEndpoints } from './model-endpoints.ts';
import { policyEndpoints } from './policy-endpoints.ts';
import { projectEndpoints } from './project-endpoints.ts';
import { promotionEndpoints } from './promotion-endpoints.ts';
import { searchEndpoints } from './search-endpoints.ts';

/** Everything that the registry answers, by topic. */
export const registryEndpoints = {
  ...projectEndpoints,
  ...modelEndpoints,
  ...searchEndpoints,
  ...importEndpoints,
  ...licenseEndpoints,
  ...decisionEndpoints,
  ...impactEndpoints,
  ...deploymentEndpoints,
  ...promotionEndpoints,
  ...changeRequestEndpoints,
  ...policyEndpoints,
  ...endUserEndpoints,
  ...documentEndpoints,
  ...mlflowEndpoints,
  ...auditEndpoints,
};
