import { auditEndpoints } from './audit-endpoints.ts';
import { decisionEndpoints } from './decision-endpoints.ts';
import { deploymentEndpoints } from './deployment-endpoints.ts';
import { importEndpoints } from './import-endpoints.ts';
import { licenseEndpoints } from './license-endpoints.ts';
import { modelEndpoints } from './model-endpoints.ts';
import { projectEndpoints } from './project-endpoints.ts';
import { promotionEndpoints } from './promotion-endpoints.ts';

/** Everything that the registry answers, by topic. */
export const registryEndpoints = {
  ...projectEndpoints,
  ...modelEndpoints,
  ...importEndpoints,
  ...licenseEndpoints,
  ...decisionEndpoints,
  ...deploymentEndpoints,
  ...promotionEndpoints,
  ...auditEndpoints,
};
