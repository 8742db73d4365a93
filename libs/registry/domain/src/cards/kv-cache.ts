import type { Architecture } from './architecture.ts';

/**
 * Elements that one token occupies in the cache of all layers. Latent attention caches one compressed vector and one rotary key
 * per layer, whatever the config says about key-value heads (DeepSeek-V2 report, arXiv 2405.04434, section 2.1.4). Null when a size is missing.
 */
export function kvCacheElementsPerToken(architecture: Architecture): number | null {
  const perLayer = elementsPerLayer(architecture);
  return perLayer === null || architecture.layers === null ? null : perLayer * architecture.layers;
}

/**
 * Bytes of the cache of one sequence of `tokens` tokens; layers with a sliding window keep at most their window.
 * `bytesPerElement`: 2 for 16 bits, 1 for 8, 0.5 for 4. Exact in bigint, rounded up to whole bytes.
 */
export function kvCacheBytes(architecture: Architecture, tokens: number, bytesPerElement: 0.5 | 1 | 2 | 4 = 2): bigint | null {
  const perLayer = elementsPerLayer(architecture);
  if (perLayer === null || architecture.layers === null) return null;
  const window = architecture.slidingWindow;
  const slidingLayers = Math.min(window?.layers ?? 0, architecture.layers);
  const tokenLayers =
    BigInt(architecture.layers - slidingLayers) * BigInt(tokens) + BigInt(slidingLayers) * BigInt(Math.min(tokens, window?.tokens ?? tokens));
  const halfBytes = BigInt(perLayer) * tokenLayers * BigInt(bytesPerElement * 2);
  return (halfBytes + 1n) / 2n;
}

function elementsPerLayer({ mla, heads, kvHeads, headDim }: Architecture): number | null {
  if (mla !== null) return mla.kvLoraRank + mla.qkRopeHeadDim;
  const keyHeads = kvHeads ?? heads;
  return keyHeads === null || headDim === null ? null : 2 * keyHeads * headDim;
}
