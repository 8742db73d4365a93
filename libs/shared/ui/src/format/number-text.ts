const integers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 3 });

export const countText = (count: number): string => integers.format(count);

/** 671_000_000_000 is "671B". For sizes where the last digits mean nothing. */
export const compactText = (count: number): string => compact.format(count);

/** A share between 0 and 1 as percent with one decimal: 0.8732 is "87.3%". */
export const percentText = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** A difference of shares in percentage points, with its sign: 0.021 is "+2.1 pp". */
export function pointsText(difference: number): string {
  const points = (Math.abs(difference) * 100).toFixed(1);
  return `${points === '0.0' ? '' : difference < 0 ? '−' : '+'}${points} pp`;
}

/** As papers print it: "0.034", and "< 0.001" below what three decimals can say. */
export const pValueText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Powers of 1000, as disks and downloads are sold. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit] ?? ''}`;
}
