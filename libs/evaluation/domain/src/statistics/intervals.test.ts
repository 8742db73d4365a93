import { describe, expect, test } from 'vitest';
import { clusteredStandardError } from './clustered-standard-error.ts';
import { meanInterval } from './mean-interval.ts';
import { momentsOf, momentsOfDiscordance, noMoments, standardError, variance } from './moments.ts';
import { wilsonInterval, wilsonLowerBound } from './wilson-interval.ts';

const ones = (count: number, total: number) => Array.from({ length: total }, (_, index) => (index < count ? 1 : 0));
const percent = (value: number) => (100 * value).toFixed(1);

describe('wilsonInterval', () => {
  test.each([
    [17, 20, 0.639581, 0.947631],
    [5, 5, 0.565518, 1],
    [850, 1000, 0.826531, 0.87079],
    [0, 30, 0, 0.113513],
  ])('%d of %d: %d to %d', (correct, total, low, high) => {
    const interval = wilsonInterval(correct, total);
    expect(interval).toMatchObject({ value: correct / total, confidence: 0.95, method: 'wilson' });
    expect(interval?.low).toBeCloseTo(low, 6);
    expect(interval?.high).toBeCloseTo(high, 6);
  });

  test.each([
    ['nano', 'all', 429, 600, '71.5', '67.8', '75.0'],
    ['mini', 'all', 529, 600, '88.2', '85.3', '90.5'],
    ['base', 'all', 550, 600, '91.7', '89.2', '93.6'],
    ['nano', 'add', 63, 75, '84.0', '74.1', '90.6'],
    ['nano', 'calendar', 9, 75, '12.0', '6.4', '21.3'],
    ['mini', 'letters', 74, 75, '98.7', '92.8', '99.8'],
    ['mini', 'json', 75, 75, '100.0', '95.1', '100.0'],
    ['base', 'compare', 70, 75, '93.3', '85.3', '97.1'],
  ])('the published accuracy of abacus-%s (%s)', (_model, _family, correct, total, value, low, high) => {
    const interval = wilsonInterval(correct, total);
    expect(interval && [interval.value, interval.low, interval.high].map(percent)).toEqual([value, low, high]);
  });

  test('is exactly 0 or 1 at the ends, and wider with more confidence', () => {
    expect(wilsonInterval(0, 7)?.low).toBe(0);
    expect(wilsonInterval(7, 7)?.high).toBe(1);
    expect(wilsonInterval(3, 7, 0.99)?.low).toBeLessThan(wilsonInterval(3, 7, 0.9)?.low ?? 0);
    expect(wilsonInterval(1, 1)?.low).toBeCloseTo(0.206549, 6);
  });

  test('nothing of nothing has no interval', () => {
    expect(wilsonInterval(0, 0)).toBeNull();
    expect(wilsonLowerBound(0, 0)).toBeNull();
  });

  test.each([[2, 1], [-1, 3], [0.5, 2], [1, Number.NaN]])('%d of %d is refused', (correct, total) => expect(() => wilsonInterval(correct, total)).toThrow(RangeError));

  test('the one-sided lower bound of 17 of 20', () => expect(wilsonLowerBound(17, 20)).toBeCloseTo(0.678172, 6));
});

describe('meanInterval', () => {
  test.each([
    { name: 'ten 0/1 scores', values: [1, 0, 1, 1, 0, 1, 1, 1, 0, 1], mean: 0.7, sd: 0.483046, se: 0.152753, low: 0.35445, high: 1.04555 },
    { name: 'eight graded scores', values: [0.8, 0.65, 0.9, 1, 0.4, 0.75, 0.55, 0.85], mean: 0.7375, sd: 0.195941, se: 0.069276, low: 0.573689, high: 0.901311 },
    { name: '850 ones of 1000', values: ones(850, 1000), mean: 0.85, sd: 0.35725, se: 0.011297, low: 0.827831, high: 0.872169 },
  ])('$name', ({ values, mean, sd, se, low, high }) => {
    const moments = momentsOf(values);
    expect(Math.sqrt(variance(moments) ?? Number.NaN)).toBeCloseTo(sd, 6);
    expect(standardError(moments)).toBeCloseTo(se, 6);
    const interval = meanInterval(moments);
    expect(interval?.method).toBe('mean-t');
    expect(interval?.value).toBeCloseTo(mean, 12);
    expect(interval?.low).toBeCloseTo(low, 6);
    expect(interval?.high).toBeCloseTo(high, 6);
  });

  test.each([
    { rows: ['110', '000', '111', '101', '010'], mean: 0.533333, se: 0.169967 },
    { rows: ['1', '0', '1', '1', '0'], mean: 0.6, se: 0.244949 },
    { rows: ['11', '11', '00', '10'], mean: 0.625, se: 0.239357 },
  ])('repeats $rows are averaged within the case first', ({ rows, mean, se }) => {
    const caseMeans = momentsOf(rows.map((row) => momentsOf(Array.from(row, Number)).mean));
    expect(caseMeans.mean).toBeCloseTo(mean, 6);
    expect(standardError(caseMeans)).toBeCloseTo(se, 6);
  });

  test('one value has no interval, nor has none', () => {
    expect(meanInterval(momentsOf([1]))).toBeNull();
    expect(meanInterval(noMoments)).toBeNull();
    expect(standardError(momentsOf([1]))).toBeNull();
  });

  test('equal values have squared deviations of exactly 0', () => expect(momentsOf(Array.from({ length: 1000 }, () => 0.1)).squaredDeviations).toBe(0));

  test('the moments of discordant counts are those of the differences', () => {
    const fromCounts = momentsOfDiscordance(3, 2, 10);
    const fromValues = momentsOf([1, 1, 1, -1, -1, 0, 0, 0, 0, 0]);
    expect(fromCounts.count).toBe(10);
    expect(fromCounts.mean).toBeCloseTo(fromValues.mean, 12);
    expect(fromCounts.squaredDeviations).toBeCloseTo(fromValues.squaredDeviations, 12);
    expect(momentsOfDiscordance(0, 0, 0)).toEqual(noMoments);
  });
});

describe('clusteredStandardError', () => {
  const clustered = (values: number[], clusters: string) => values.map((value, index) => ({ value, cluster: clusters.charAt(index) }));

  test.each([
    { values: [1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 1], clusters: 'aaabbbcccddd', mean: 0.583333, cr0: 0.216506, cr1: 0.25, deff: 2.828571, low: -0.212278, high: 1.378945 },
    { values: [1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0], clusters: 'aaabbbcccddd', mean: 0.5, cr0: 0.083333, cr1: 0.096225, deff: 0.407407, low: 0.193769, high: 0.806231 },
    { values: [0.9, 0.8, 0.85, 0.2, 0.3, 0.6, 0.7, 1], clusters: 'aaabbccd', mean: 0.66875, cr0: 0.131589, cr1: 0.151946, deff: 2.249751, low: 0.18519, high: 1.15231 },
  ])('clusters $clusters: CR1 $cr1', ({ values, clusters, ...expected }) => {
    const result = clusteredStandardError(clustered(values, clusters));
    expect(result?.clusters).toBe(4);
    expect(result?.fewClusters).toBe(true);
    expect(result?.mean).toBeCloseTo(expected.mean, 6);
    expect(result?.uncorrected).toBeCloseTo(expected.cr0, 6);
    expect(result?.standardError).toBeCloseTo(expected.cr1, 6);
    expect(result?.designEffect).toBeCloseTo(expected.deff, 6);
    expect(result?.interval.low).toBeCloseTo(expected.low, 6);
    expect(result?.interval.high).toBeCloseTo(expected.high, 6);
  });

  test('one cluster has no error; ten are enough to go without a warning', () => {
    expect(clusteredStandardError(clustered([1, 0, 1], 'aaa'))).toBeNull();
    expect(clusteredStandardError([])).toBeNull();
    expect(clusteredStandardError(clustered([1, 0, 1, 0, 1, 0, 1, 0, 1, 0], 'abcdefghij'))?.fewClusters).toBe(false);
  });

  test('values that do not vary have no design effect', () => expect(clusteredStandardError(clustered([1, 1], 'ab'))?.designEffect).toBeNull());
});
