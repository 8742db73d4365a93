/** Tags as people write them: `reviewed`, or `team: speech`. */
export const tagTexts = (tags: Readonly<Record<string, string>>): string[] => Object.entries(tags).map(([name, value]) => (value === '' ? name : `${name}: ${value}`));

/** Back again; the first colon parts the name from the value. */
export const readTags = (texts: readonly string[]): Record<string, string> =>
  Object.fromEntries(
    texts.map((text) => {
      const colon = text.indexOf(':');
      return colon < 0 ? [text.trim(), ''] : [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
    }),
  );
