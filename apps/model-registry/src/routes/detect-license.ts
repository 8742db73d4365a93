import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { detectLicense } from '@weighbridge/registry-domain';
import type { Handler } from '@weighbridge/shared-adapters/http';

export const detectLicenseRoute =
  (): Handler<typeof registryEndpoints.detectLicense> =>
  ({ body }) => ({ matches: detectLicense(body.text).map(({ evidence, ...match }) => ({ ...match, evidence: [...evidence] })) });
