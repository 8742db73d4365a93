/** Which code points a set takes. */
export type CharacterSet = (codePoint: number) => boolean;

export const rangeSet =
  (low: number, high: number): CharacterSet =>
  (codePoint) =>
    codePoint >= low && codePoint <= high;

export const unionOf =
  (sets: readonly CharacterSet[]): CharacterSet =>
  (codePoint) =>
    sets.some((set) => set(codePoint));

export const complementOf =
  (set: CharacterSet): CharacterSet =>
  (codePoint) =>
    !set(codePoint);

const ranges = (...pairs: readonly string[]): CharacterSet => unionOf(pairs.map((pair) => rangeSet(pair.charCodeAt(0), pair.charCodeAt(1))));

const digit = ranges('09');
const word = ranges('09', 'AZ', 'az', '__');
const space = ranges('\t\n', '\f\r', '  ');

export const isWord: CharacterSet = word;

/** `\d` and its like, which are ASCII in RE2. */
export const shorthandSets: Readonly<Record<string, CharacterSet>> = {
  d: digit,
  D: complementOf(digit),
  w: word,
  W: complementOf(word),
  s: space,
  S: complementOf(space),
};

/** `[:alpha:]` and its like, by name. */
export const posixSets: Readonly<Record<string, CharacterSet>> = {
  alnum: ranges('09', 'AZ', 'az'),
  alpha: ranges('AZ', 'az'),
  ascii: rangeSet(0, 127),
  blank: ranges('\t\t', '  '),
  cntrl: unionOf([rangeSet(0, 31), rangeSet(127, 127)]),
  digit,
  graph: ranges('!~'),
  lower: ranges('az'),
  print: ranges(' ~'),
  punct: ranges('!/', ':@', '[`', '{~'),
  space: ranges('\t\r', '  '),
  upper: ranges('AZ'),
  word,
  xdigit: ranges('09', 'AF', 'af'),
};

/** `\p{Name}` for a general category or a script; null when there is no such name. */
export function propertySet(name: string): CharacterSet | null {
  if (!/^[A-Za-z_]{1,40}$/.test(name)) return null;
  for (const property of [`General_Category=${name}`, `Script=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, 'u');
      return (codePoint) => pattern.test(String.fromCodePoint(codePoint));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return null;
}

const singleCodePoint = (text: string, otherwise: number): number => {
  const codePoint = text.codePointAt(0) ?? otherwise;
  return String.fromCodePoint(codePoint).length === text.length ? codePoint : otherwise;
};

/** The set that also takes the other case of what it takes. */
export const ignoringCase =
  (set: CharacterSet): CharacterSet =>
  (codePoint) => {
    if (set(codePoint)) return true;
    const text = String.fromCodePoint(codePoint);
    return set(singleCodePoint(text.toLowerCase(), codePoint)) || set(singleCodePoint(text.toUpperCase(), codePoint));
  };
