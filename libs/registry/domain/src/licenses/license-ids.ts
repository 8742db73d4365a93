/**
 * The licences that an SPDX expression names, each once: `MIT OR Apache-2.0` has two, and the exception after `WITH` is none. An id alone is an
 * expression too; null has none.
 */
export function licenseIdsOf(expression: string | null): readonly string[] {
  if (expression === null) return [];
  const words = expression.split(/[\s()]+/).filter((word) => word !== '');
  return [...new Set(words.filter((word, index) => !/^(and|or|with)$/i.test(word) && words[index - 1]?.toUpperCase() !== 'WITH'))];
}
