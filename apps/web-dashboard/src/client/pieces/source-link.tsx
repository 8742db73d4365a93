import { Anchor, Text } from '@mantine/core';
import type { ReferenceSource } from '@weighbridge/registry-domain';
import { dayText } from '@weighbridge/shared-ui';

/** Where a fact was read, and when. */
export function SourceLink({ source }: { readonly source: ReferenceSource }) {
  return (
    <Text span size="xs" c="dimmed">
      {source.url === null ? source.title : <Anchor href={source.url} target="_blank" rel="noreferrer" inherit underline="always">{source.title}</Anchor>}, read {dayText(source.retrievedOn)}
    </Text>
  );
}
