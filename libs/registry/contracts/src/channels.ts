import { defineChannels } from '@weighbridge/shared-contracts';
import { z } from 'zod';

export const registryChannels = defineChannels({
  /** Something in the registry has changed: whoever keeps the snapshot fetches it anew. */
  changed: { name: 'registry.changed', message: z.object({ revision: z.int() }) },
});
