import { Blockquote, Stack, Text } from '@mantine/core';
import type { LicenseFinding } from '@weighbridge/registry-domain';
import { Tag, percentText } from '@weighbridge/shared-ui';
import { TextLink } from './text-link.tsx';

type NearMiss = LicenseFinding['nearMisses'][number];
type Difference = NearMiss['differences'][number];

const kinds: Readonly<Record<Difference['kind'], { readonly text: string; readonly color: string }>> = {
  added: { text: 'added', color: 'red' },
  changed: { text: 'changed', color: 'brass' },
  missing: { text: 'missing', color: 'harbor' },
};

/** Licences that a text nearly is, with the passages in which it is not. */
export function NearMisses({ nearMisses }: { readonly nearMisses: readonly NearMiss[] }) {
  return nearMisses.map(({ license, similarity, differences, differencesLeftOut }) => (
    <Stack key={license} gap="xs">
      <Text size="sm" fw={600}>
        Nearly <TextLink to={`/licenses/${encodeURIComponent(license)}`} inText>{license.replace(/^LicenseRef-/, '')}</TextLink>, {percentText(similarity)} of its words in common, and not the same:
      </Text>
      {differences.map((difference) => (
        <Passage key={`${difference.kind}${difference.line}${difference.after}`} difference={difference} />
      ))}
      {differencesLeftOut === 0 ? null : <Text size="xs" c="dimmed">and {differencesLeftOut} more</Text>}
    </Stack>
  ));
}

function Passage({ difference: { kind, passage, after, near, line, words } }: { readonly difference: Difference }) {
  const { text, color } = kinds[kind];
  return (
    <div>
      <Text size="xs" c="dimmed" component="div">
        <Tag color={color} size="sm">
          {text}
        </Tag>{' '}
        line {line}
        {near === null ? '' : `, under “${near}”`}
        {kind === 'missing' ? `: ${words.license} words of the licence are not there${after === null ? '' : `, after “…${after}”`}` : ''}
      </Text>
      {passage === null ? null : (
        <Blockquote color={color} p="xs" mt={4} mb={0} fz="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {passage}
        </Blockquote>
      )}
    </div>
  );
}
