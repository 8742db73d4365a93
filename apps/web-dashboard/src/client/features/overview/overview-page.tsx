import { SimpleGrid } from '@mantine/core';
import { Money, PageHeader, Stat, StatRow, countText, durationText, useNow } from '@weighbridge/shared-ui';
import { useMemo } from 'react';
import { Page } from '../../pieces/page.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useScope } from '../../scope/project-scope.tsx';
import { BudgetsNearLimit } from './budgets-near-limit.tsx';
import { MonthSpend } from './month-spend.tsx';
import { NewestPromotions } from './newest-promotions.tsx';
import { NewestRuns } from './newest-runs.tsx';
import { monthRange, useMonthUsage } from './use-month-usage.ts';
import { useWaiting } from './use-waiting.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** What waits, what was spent, what was measured, what was promoted. */
export function OverviewPage() {
  const { me, isPlatform } = useScope();
  const waiting = useWaiting().data;
  const day = Math.floor(useNow(minuteMs) / dayMs);
  const month = useMemo(() => monthRange(day * dayMs), [day]);
  const usage = useMonthUsage(month);
  const total = usage.data?.total;
  return (
    <Page>
      <PageHeader title="Overview" description={isPlatform ? 'Every project of this installation, or the one chosen above.' : `The work and the papers of ${me.project?.name ?? 'this project'}.`} />
      <StatRow>
        <Stat label="Jobs waiting" value={waiting === undefined ? undefined : countText(waiting.counts.queued)} hint={waiting === undefined ? undefined : waiting.oldestQueuedMs === null ? 'nothing waits' : `oldest for ${durationText(waiting.oldestQueuedMs)}`} />
        <Stat label="Jobs running" value={waiting === undefined ? undefined : countText(waiting.counts.running)} hint={waiting === undefined ? undefined : `${countText(waiting.finishedLastHour)} finished in the last hour`} />
        <Stat label="Failed or expired" value={waiting === undefined ? undefined : countText(waiting.counts.failed + waiting.counts.expired)} hint={<TextLink to="/jobs?status=failed">look at them</TextLink>} />
        <Stat label="Spend this month" value={total === undefined ? undefined : <Money usd={total.costUsd} />} hint={total === undefined ? undefined : `${countText(total.events)} attempts`} />
      </StatRow>
      <MonthSpend usage={usage} month={month} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <NewestRuns />
        <BudgetsNearLimit />
      </SimpleGrid>
      <NewestPromotions />
    </Page>
  );
}
