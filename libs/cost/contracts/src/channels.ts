import { defineChannels } from '@weighbridge/shared-contracts';
import { z } from 'zod';

export const costChannels = defineChannels({
  /** Prices or budgets have changed: whoever keeps the admission facts fetches them anew. */
  changed: { name: 'cost.changed', message: z.object({ revision: z.int() }) },
});
