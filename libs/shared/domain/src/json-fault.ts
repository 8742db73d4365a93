/** Deeper than any request or tool schema that means something, and far from where recursion over a value ends the stack. */
export const mostJsonLevels = 100;

/**
 * Why a parsed JSON value can be neither stored nor passed on, as a sentence for its sender; null when it can. PostgreSQL takes no U+0000 in a
 * text and no half of a surrogate pair in `jsonb`, so that one such text would fail the whole group of rows that it is stored with.
 */
export function jsonFault(value: unknown, levels = mostJsonLevels): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : 'A text in it holds U+0000 or half of a surrogate pair.';
  if (typeof value !== 'object' || value === null) return null;
  if (levels === 0) return `Its objects and lists are nested deeper than ${mostJsonLevels} levels.`;
  for (const [key, member] of Object.entries(value)) {
    const fault = (Array.isArray(value) ? null : jsonFault(key)) ?? jsonFault(member, levels - 1);
    if (fault !== null) return fault;
  }
  return null;
}

const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');
