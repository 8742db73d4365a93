import { recognizeSigns } from '@weighbridge/registry-adapters/recognize-license';
import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import type { RegistryDeps } from '../deps.ts';

export const detectLicenseRoute =
  ({ licenses }: Pick<RegistryDeps, 'licenses'>): Handler<typeof registryEndpoints.detectLicense> =>
  async ({ body }) =>
    recognizeSigns(body, await licenses.book());
