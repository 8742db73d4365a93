import { Alert, Group, SimpleGrid, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ComparisonReport as Report } from '@weighbridge/evaluation-contracts';
import { DataTable, Panel, Stat, StatRow, StatusBadge, Tag, Whiskers, countText, pValueText, percentText, pointsText } from '@weighbridge/shared-ui';
import type { Whisker } from '@weighbridge/shared-ui';
import { useMemo } from 'react';

const methods = { 'mcnemar-exact': 'exact McNemar test', 'paired-t': 'paired t test' } as const;

/** The difference with its interval and p, whether the candidate is no worse, and the same per slice. */
export function ComparisonReport({ report }: { readonly report: Report }) {
  const { difference, nonInferior, bySlice, missing } = report;
  const rows = useMemo<Whisker[]>(
    () => [
      ...(difference === null ? [] : [{ name: 'all samples', value: difference.value, low: difference.low, high: difference.high, strong: true }]),
      ...bySlice.flatMap((slice) => (slice.difference === null ? [] : [{ name: slice.slice, value: slice.difference.value, low: slice.difference.low, high: slice.difference.high, muted: !slice.significant }])),
    ],
    [difference, bySlice],
  );
  return (
    <>
      <Panel>
        <Group gap="sm" align="baseline">
          <Text fw={600} fz="lg">
            {verdict(report)}
          </Text>
          <Tag color={report.significant ? 'harbor' : 'gray'}>{report.significant ? 'significant at 5%' : 'not significant'}</Tag>
        </Group>
        <Text size="sm" c="dimmed" mt={4}>
          {report.candidate} against {report.baseline}, {countText(report.pairs)} pairs, {methods[report.method]}.
        </Text>
      </Panel>
      <StatRow>
        <Stat label="Difference" value={difference === null ? '–' : pointsText(difference.value)} hint={difference === null ? undefined : `${pointsText(difference.low)} to ${pointsText(difference.high)} (95%)`} />
        <Stat label="p-value" value={pValueText(report.pValue)} hint={report.midPValue === null ? undefined : `mid-p ${pValueText(report.midPValue)}`} />
        <Stat label="Only one is right" value={`${countText(report.candidateOnly)} : ${countText(report.baselineOnly)}`} hint="candidate only : baseline only" />
        <Stat label="Both right / both wrong" value={`${countText(report.bothCorrect)} / ${countText(report.bothWrong)}`} hint={`coverage ${percentText(report.coverage)}`} />
        {nonInferior === null ? null : <Stat label={`No worse by ${pointsText(nonInferior.margin).replace('+', '')}`} value={<StatusBadge status={nonInferior.result} />} hint={`one-sided 95% bound ${pointsText(nonInferior.lowerBound)}`} />}
      </StatRow>
      {missing.baseline + missing.candidate === 0 ? null : (
        <Alert color="brass" icon={<IconAlertTriangle size={18} />} title="Not every sample has a score in both runs">
          {countText(missing.baseline)} are missing in the baseline and {countText(missing.candidate)} in the candidate; they are in no figure here.
          {nonInferior?.missingCouldFlip === true ? ' Counted against the candidate, they would change the verdict.' : ''}
        </Alert>
      )}
      <Panel title="By slice" description="Adjusted for looking at several slices at once (Holm). Grey whiskers: no difference that the samples could show.">
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="xl">
          <Whiskers label={`Differences with 95% intervals: ${rows.map((row) => `${row.name} ${pointsText(row.value)}`).join(', ')}`} rows={rows} format={pointsText} reference={0} />
          <DataTable
            caption="Differences by slice"
            rows={bySlice}
            rowKey={({ slice }) => slice}
            minWidth={420}
            columns={[
              { key: 'slice', header: 'Slice', cell: ({ slice }) => slice },
              { key: 'difference', header: 'Difference', align: 'right', cell: (slice) => (slice.difference === null ? '–' : <div style={{ whiteSpace: 'nowrap' }}>{pointsText(slice.difference.value)}<Text size="xs" c="dimmed">{pointsText(slice.difference.low)} to {pointsText(slice.difference.high)}</Text></div>) },
              { key: 'only', header: 'Only one right', align: 'right', cell: ({ candidateOnly, baselineOnly }) => `${countText(candidateOnly)} : ${countText(baselineOnly)}` },
              { key: 'p', header: 'Adjusted p', align: 'right', cell: ({ adjustedPValue, significant }) => <Text span size="sm" fw={significant ? 650 : 400}>{pValueText(adjustedPValue)}</Text> },
            ]}
          />
        </SimpleGrid>
      </Panel>
    </>
  );
}

function verdict({ difference, significant, candidate, baseline }: Report): string {
  if (difference === null) return 'Too few pairs to say anything';
  if (!significant) return 'No difference that these samples could show';
  return difference.value > 0 ? `${candidate} is better than ${baseline}` : `${candidate} is worse than ${baseline}`;
}
