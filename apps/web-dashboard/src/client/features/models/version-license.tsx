import { Group, Stack, Text } from '@mantine/core';
import type { Version } from '@weighbridge/registry-contracts';
import { licenseIdsOf } from '@weighbridge/registry-domain';
import type { LicenseFinding } from '@weighbridge/registry-domain';
import { EmptyState, LicenseTag, LoadingBlock, Panel } from '@weighbridge/shared-ui';
import { LicenseTerms } from '../../pieces/license-terms.tsx';
import { NearMisses } from '../../pieces/near-misses.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useLicense } from '../../queries/use-license.ts';

/** The version's own licence in plain words, or each of an expression's. Those of its bases come in through the decision. */
export function VersionLicense({ version }: { readonly version: Version }) {
  const { license, licenseDeclared } = version;
  const readFrom = version.provenance.find((entry) => entry.field === 'license')?.readFrom;
  return (
    <Panel
      title="Licence in plain words"
      description={license === null ? undefined : 'Each line with the clause that says so.'}
      actions={
        <Group gap="xs">
          <LicenseTag license={license} />
          {readFrom === undefined ? null : (
            <Text span size="xs" c="dimmed">
              read from {readFrom}
            </Text>
          )}
        </Group>
      }
    >
      {license === null ? (
        <EmptyState title="The licence was not recognised">
          {licenseDeclared === null ? 'None was declared.' : `Declared as “${licenseDeclared.slice(0, 160)}”.`} Until somebody reads it, every decision is a review.
          {version.licenseFinding === null ? null : <Finding finding={version.licenseFinding} />}
        </EmptyState>
      ) : (
        <Stack gap="xl">
          {licenseIdsOf(license).map((id) => (
            <OneLicense key={id} id={id} />
          ))}
        </Stack>
      )}
    </Panel>
  );
}

function Finding({ finding }: { readonly finding: LicenseFinding }) {
  return (
    <Stack gap="md" mt="md" ta="left">
      <Text size="sm">{finding.explanation}</Text>
      <NearMisses nearMisses={finding.nearMisses} />
    </Stack>
  );
}

function OneLicense({ id }: { readonly id: string }) {
  const license = useLicense(id);
  return (
    <QueryView query={license} loading={<LoadingBlock />}>
      {(data) => (
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            <TextLink to={`/licenses/${encodeURIComponent(data.id)}`} strong inText>
              {data.title}
            </TextLink>{' '}
            by {data.steward}
          </Text>
          <LicenseTerms license={data} />
        </Stack>
      )}
    </QueryView>
  );
}
