import { Text } from '@mantine/core';
import type { ReferencePrice } from '@weighbridge/registry-domain';
import { DataTable, dayText } from '@weighbridge/shared-ui';
import { SourceLink } from '../../pieces/source-link.tsx';

const price = (usd: string | undefined) => (usd === undefined ? '–' : `$${usd}`);

/** List prices per million tokens, by date. */
export function ReferencePrices({ prices }: { readonly prices: readonly ReferencePrice[] }) {
  if (prices.length === 0) return null;
  return (
    <DataTable
      caption="List prices, US dollars per million tokens"
      rows={prices}
      rowKey={(row) => `${row.provider}${row.apiName}${row.from}${row.windowUtc ?? ''}`}
      minWidth={680}
      columns={[
        {
          key: 'provider',
          header: 'Price at',
          cell: (row) => (
            <>
              {row.provider}
              <Text size="xs" c="dimmed">
                {row.apiName}
                {row.windowUtc === undefined ? '' : `, ${row.windowUtc} UTC`}
              </Text>
            </>
          ),
        },
        { key: 'from', header: 'From', cell: (row) => dayText(row.from) },
        { key: 'to', header: 'Until', cell: (row) => (row.to === null ? 'now' : dayText(row.to)) },
        { key: 'input', header: 'Input', align: 'right', cell: (row) => price(row.inputUsdPerMillion) },
        { key: 'cached', header: 'Cached', align: 'right', cell: (row) => price(row.cachedInputUsdPerMillion) },
        { key: 'output', header: 'Output', align: 'right', cell: (row) => price(row.outputUsdPerMillion) },
        { key: 'source', header: 'Read at', wideOnly: true, cell: (row) => <SourceLink source={row.source} /> },
      ]}
    />
  );
}
