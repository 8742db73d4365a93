import { List, Stack, Text } from '@mantine/core';
import type { CatalogueEntry } from '@weighbridge/registry-contracts';
import { Facts, Money, bytesText, compactText, countText, dayText } from '@weighbridge/shared-ui';
import { SourceLink } from '../../pieces/source-link.tsx';

type Version = CatalogueEntry['versions'][number];
const undisclosed = <Text span c="dimmed" size="sm">not disclosed</Text>;

/** Shape and training of one version; what is not disclosed is said to be so. */
export function ReferenceFacts({ version }: { readonly version: Version }) {
  const { card, training, architecture } = version;
  return (
    <Stack gap="xs">
      <Facts
        facts={[
          { label: 'Released', value: version.releasedOn === null ? undisclosed : dayText(version.releasedOn) },
          ...(version.retiredOn === null ? [] : [{ label: 'Retired', value: dayText(version.retiredOn) }]),
          {
            label: 'Parameters',
            value: card.parametersTotal === null ? undisclosed : `${compactText(card.parametersTotal)}${card.parametersActive === null || card.parametersActive === card.parametersTotal ? '' : ` · ${compactText(card.parametersActive)} active per token`}`,
          },
          { label: 'Context', value: version.contextMarketed ?? (architecture.contextLength === null ? undisclosed : `${countText(architecture.contextLength)} tokens`) },
          ...(card.kvCacheBytesPerToken === null ? [] : [{ label: 'Cache per token', value: bytesText(card.kvCacheBytesPerToken) }]),
          ...(version.codeLicense === null ? [] : [{ label: 'Licence of the code', value: version.codeLicense }]),
          { label: 'Trained on', value: training?.tokens == null ? undisclosed : `${compactText(training.tokens)} tokens` },
          {
            label: 'Training',
            value: training?.gpuHours == null ? undisclosed : `${countText(training.gpuHours)} GPU hours${training.hardware === null ? '' : ` on ${training.devices === null ? '' : `${countText(training.devices)} `}${training.hardware}`}`,
            note: training === null ? undefined : <SourceLink source={training.source} />,
          },
          ...(training?.costUsd == null
            ? []
            : [
                {
                  label: 'Training cost',
                  value: <Money usd={training.costUsd} />,
                  note: `${training.costBasis === 'derived' ? 'hours times an assumed rent' : 'as published'}${training.assumedUsdPerGpuHour === null ? '' : ` of $${training.assumedUsdPerGpuHour} an hour`}${training.excludes.length === 0 ? '' : `; without ${training.excludes.join(', ')}`}`,
                },
              ]),
        ]}
      />
      {version.notes.length === 0 ? null : (
        <List size="sm">
          {version.notes.map((note) => (
            <List.Item key={note}>{note}</List.Item>
          ))}
        </List>
      )}
    </Stack>
  );
}
