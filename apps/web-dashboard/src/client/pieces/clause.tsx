import { Text } from '@mantine/core';
import { clauseText } from './license-words.ts';

/** Where in the text it says so. `~` before a number: the text prints none, so it was counted. */
export function Clause({ clause }: { readonly clause: string | null }) {
  const text = clauseText(clause);
  if (text === null) return null;
  return (
    <Text span size="xs" c="dimmed" ff="monospace" title={clause?.startsWith('~') === true ? 'Counted: the text prints no number' : 'Clause of the licence text'}>
      {text}
    </Text>
  );
}
