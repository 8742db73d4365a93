/** Registers of a sketch: 2^14, as Redis has them. The standard error is 1.04 / √2^14, 0.81 %. */
export const sketchPrecision = 14;
const registers = 2 ** sketchPrecision;
/** Bits of a member's digest that are looked at for a rank. */
const rankBits = 64 - sketchPrecision;

/** Where a member falls, and how rare that is: 1 plus the zeros that its bits begin with. A member is the hex of an evenly spread digest. */
export function placeOf(member: string): { readonly register: number; readonly rank: number } {
  const bits = BigInt(`0x${member.slice(0, 16)}`);
  const rest = bits & ((1n << BigInt(rankBits)) - 1n);
  return { register: Number(bits >> BigInt(rankBits)), rank: rest === 0n ? rankBits + 1 : rankBits - rest.toString(2).length + 1 };
}

/**
 * Distinct members of which the ranks in the registers tell: `counts[k]` registers have the rank k, those of rank 0 left out or not.
 * The estimator of Otmar Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), algorithm 6: without bias from 0 on.
 */
export function estimateDistinct(counts: ReadonlyMap<number, number>): number {
  let touched = 0;
  for (const [rank, count] of counts) if (rank > 0) touched += count;
  let z = registers * tau(1 - (counts.get(rankBits + 1) ?? 0) / registers);
  for (let rank = rankBits; rank >= 1; rank--) z = 0.5 * (z + (counts.get(rank) ?? 0));
  z += registers * sigma((registers - touched) / registers);
  return Math.round((registers * registers) / (2 * Math.LN2) / z);
}

/** Of the registers that nothing fell into. */
function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z] = [share, 1, share];
  for (let before = -1; before !== z; ) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

/** Of the registers that are full. */
function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z] = [share, 1, 1 - share];
  for (let before = -1; before !== z; ) {
    x = Math.sqrt(x);
    before = z;
    y *= 0.5;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}
