import type { Budget, PriceEntry } from '@weighbridge/cost-domain';
import { periodRange } from '@weighbridge/cost-domain';
import { createPrismaAdapter } from '@weighbridge/shared-data';
import { parseUsd, zeroUsd } from '@weighbridge/shared-domain';
import type { PicoUsd } from '@weighbridge/shared-domain';
import type pg from 'pg';
import { createBudgetRepository } from './budget-repository.ts';
import type { BudgetRepository } from './budget-repository.ts';
import { PrismaClient } from './generated/client.ts';
import type { Prisma } from './generated/client.ts';
import { ledgerLockKey } from './ledger-lock.ts';
import { uuidOf, uuidOrNull } from './mapping.ts';
import { createPriceRepository } from './price-repository.ts';
import type { PriceRepository } from './price-repository.ts';

/** Everything that admission keeps in memory, as of one instant. */
export interface FactsAtOnce {
  readonly revision: number;
  readonly prices: PriceEntry[];
  readonly budgets: Budget[];
}

/** A transaction that changes prices or budgets. */
export interface FactsChange {
  readonly prices: PriceRepository;
  readonly budgets: BudgetRepository;
  /**
   * Begins the account of a new budget at what its spender has spent in the period so far. Nothing is recorded meanwhile:
   * from here to the end of the transaction the ledger is still. Answers that amount.
   */
  openAccount(budget: Budget, accountId: string, at: Date): Promise<PicoUsd>;
}

export interface CostFacts {
  readonly prices: PriceRepository;
  readonly budgets: BudgetRepository;
  readAtOnce(now: Date): Promise<FactsAtOnce>;
  /** Runs a change in one transaction, which also raises the revision; changes come one after another. */
  change<T>(work: (change: FactsChange) => Promise<T>): Promise<{ readonly result: T; readonly revision: number }>;
  close(): Promise<void>;
}

const transactionLimits = { maxWait: 10_000, timeout: 30_000 };

/** Prices and budgets, through Prisma on the pool that the ledger uses. */
export function openCostFacts(pool: pg.Pool): CostFacts {
  const prisma = new PrismaClient({ adapter: createPrismaAdapter(pool, 'cost') });
  return {
    prices: createPriceRepository(prisma),
    budgets: createBudgetRepository(prisma),
    readAtOnce: (now) =>
      prisma.$transaction(
        async (tx) => ({
          revision: Number((await tx.factsRevision.findUniqueOrThrow({ where: { id: 1 } })).revision),
          prices: await createPriceRepository(tx).listPricesFrom(now),
          budgets: await createBudgetRepository(tx).listAllBudgets(),
        }),
        { ...transactionLimits, isolationLevel: 'RepeatableRead' },
      ),
    change: (work) =>
      prisma.$transaction(async (tx) => {
        const { revision } = await tx.factsRevision.update({ where: { id: 1 }, data: { revision: { increment: 1 } } });
        const result = await work({
          prices: createPriceRepository(tx),
          budgets: createBudgetRepository(tx),
          openAccount: (budget, accountId, at) => openAccount(tx, budget, accountId, at),
        });
        return { result, revision: Number(revision) };
      }, transactionLimits),
    close: () => prisma.$disconnect(),
  };
}

async function openAccount(tx: Prisma.TransactionClient, budget: Budget, accountId: string, at: Date): Promise<PicoUsd> {
  await tx.$executeRaw`select pg_advisory_xact_lock(${ledgerLockKey}::bigint)`;
  const { from, to } = periodRange(budget.period, at);
  const [account] = await tx.$queryRaw<{ spent: string }[]>`
    insert into account_spend (account_id, spent_usd)
    select ${accountId}, coalesce(sum(cost_usd), 0) from usage_rollup
     where project_id = ${uuidOf(budget.projectId)}::uuid and hour >= ${from} and hour < ${to}
       and (${uuidOrNull(budget.keyId)}::uuid is null or key_id = ${uuidOrNull(budget.keyId)}::uuid)
       and (${uuidOrNull(budget.useCaseId)}::uuid is null or use_case_id = ${uuidOrNull(budget.useCaseId)}::uuid)
    returning spent_usd::text as spent`;
  return account === undefined ? zeroUsd : parseUsd(account.spent);
}
