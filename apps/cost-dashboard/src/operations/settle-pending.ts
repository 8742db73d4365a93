import { lockLedger } from '@weighbridge/cost-data';
import { inTransaction } from '@weighbridge/shared-data';
import { alignAccounts } from './align-accounts.ts';
import type { AlignAccountsDeps } from './align-accounts.ts';
import { tellHolds } from './tell-holds.ts';

/** Tells the hold store of everything that is recorded and that no other process is telling it already. */
export async function settlePending(deps: AlignAccountsDeps): Promise<void> {
  for (;;) {
    const { more, compareAccounts } = await inTransaction(deps.pool, async (client) => {
      await lockLedger(client, 'shared');
      return tellHolds(client, deps.holds);
    });
    if (compareAccounts.length > 0) await alignAccounts(deps, compareAccounts);
    if (!more) return;
  }
}
