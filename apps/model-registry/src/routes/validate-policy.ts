import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handler } from '@weighbridge/shared-adapters/http';
import { checkPolicy } from '../operations/read-policies.ts';

export const validatePolicyRoute =
  (): Handler<typeof registryEndpoints.validatePolicy> =>
  ({ body }) =>
    checkPolicy(body.text);
