import { readFileSync } from 'node:fs';
import { detectLicense } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { moduleFile } from './child-process.ts';

export interface DetectionTime {
  readonly what: string;
  readonly characters: number;
  readonly medianMs: number;
  readonly slowestMs: number;
  /** Milliseconds that it should stay under. */
  readonly aimMs: number;
}

const license = (): string => readFileSync(moduleFile('../../../../LICENSE'), 'utf8');

/** The text with every so manieth word replaced, as a licence of one's own making reads. */
function amended(text: string, every: number): string {
  let words = 0;
  return text.replaceAll(/\b[a-z]{4,}\b/gu, (word) => ((words += 1) % every === 0 ? `un${word}` : word));
}

/** How long a text takes against all fingerprints of the catalogue, in this process and when it is warm. */
export function measureDetectionTimes(rounds = 30): DetectionTime[] {
  const text = license();
  const long = (part: string, characters: number) => part.repeat(Math.ceil(characters / part.length)).slice(0, characters);
  const texts = [
    { what: 'a licence, three times over', text: `${text}\n${text}\n${text}`.slice(0, 30_720), aimMs: 10 },
    { what: 'a licence with every twentieth word changed, and its like', text: long(amended(text, 20), 30_720), aimMs: 10 },
    { what: 'a text that is none', text: long(amended(text, 2), 30_720), aimMs: 10 },
    { what: 'a megabyte of licences', text: long(text, 1_000_000), aimMs: 200 },
    { what: 'a megabyte of nearly licences', text: long(amended(text, 12), 1_000_000), aimMs: 200 },
    { what: 'a megabyte of one letter', text: long('a', 1_000_000), aimMs: 200 },
  ];
  for (const { text: small } of texts.slice(0, 3)) for (let warmUp = 0; warmUp < 10; warmUp += 1) detectLicense(small, { sha256Hex });
  return texts.map(({ what, text: given, aimMs }) => {
    const times = Array.from({ length: given.length > 100_000 ? Math.ceil(rounds / 5) : rounds }, () => {
      const startedAt = performance.now();
      detectLicense(given, { sha256Hex });
      return performance.now() - startedAt;
    }).toSorted((a, b) => a - b);
    return { what, characters: given.length, medianMs: times[times.length >> 1] ?? 0, slowestMs: times.at(-1) ?? 0, aimMs };
  });
}
