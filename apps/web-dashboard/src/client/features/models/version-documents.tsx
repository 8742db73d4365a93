import { Button, Group } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import type { Version } from '@weighbridge/registry-contracts';
import { Panel } from '@weighbridge/shared-ui';

const documents = [
  { path: 'notice', text: 'NOTICE', file: 'NOTICE.txt' },
  { path: 'bom?format=cyclonedx', text: 'CycloneDX', file: 'bom.cdx.json' },
  { path: 'bom?format=spdx3', text: 'SPDX 3', file: 'bom.spdx.json' },
] as const;

/** What goes along with a copy: the attribution text, and the bill of materials in two formats. */
export function VersionDocuments({ version: { model, version } }: { readonly version: Version }) {
  const base = `/api/registry/v1/models/${encodeURIComponent(model)}/versions/${encodeURIComponent(version)}`;
  return (
    <Panel title="Documents" description="The attribution text that the obligations demand, and the bill of materials with the whole lineage.">
      <Group gap="xs">
        {documents.map(({ path, text, file }) => (
          <Button key={path} variant="default" component="a" href={`${base}/${path}`} download={`${model}-${version}-${file}`} leftSection={<IconDownload size={16} stroke={1.7} />}>
            {text}
          </Button>
        ))}
      </Group>
    </Panel>
  );
}
