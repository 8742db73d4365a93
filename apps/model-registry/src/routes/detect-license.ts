import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { detectFromSigns } from '../operations/recognise-license.ts';

export const detectLicenseRoute =
  (): Handler<typeof registryEndpoints.detectLicense> =>
  ({ body }) => detectFromSigns(body);
