import { describe, expect, test } from 'vitest';
import { bytesText, compactText, countText, pValueText, percentText, pointsText } from './number-text.ts';

describe('numbers for people', () => {
  test.each([
    { text: countText(1_234_567), is: '1,234,567' },
    { text: compactText(671_026_419_200), is: '671B' },
    { text: percentText(0.8732), is: '87.3%' },
    { text: percentText(1), is: '100.0%' },
    { text: pointsText(0.0214), is: '+2.1 pp' },
    { text: pointsText(-0.05), is: '−5.0 pp' },
    { text: pointsText(-0.0001), is: '0.0 pp' },
    { text: pValueText(0.0004), is: '< 0.001' },
    { text: pValueText(0.0341), is: '0.034' },
    { text: bytesText(0), is: '0 B' },
    { text: bytesText(999), is: '999 B' },
    { text: bytesText(1_500), is: '1.5 kB' },
    { text: bytesText(999_960), is: '1.0 MB' },
    { text: bytesText(688_600_000_000), is: '689 GB' },
  ])('$is', ({ text, is }) => {
    expect(text).toBe(is);
  });
});
