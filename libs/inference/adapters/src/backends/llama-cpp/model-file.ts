import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { BackendError } from '@weighbridge/inference-domain';

/** Reads a file to its end and gives its SHA-256 in hex. */
async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest('hex');
}

/** Rejects with a BackendError unless the file has the registered digest: what is run is what was registered and decided upon. */
export async function assertFileDigest(path: string, sha256: string, artifact: string): Promise<void> {
  let actual: string;
  try {
    actual = await fileDigest(path);
  } catch (cause) {
    throw new BackendError(`the model file ${artifact} cannot be read`, { kind: 'failed', retryable: true, cause });
  }
  if (actual !== sha256.toLowerCase()) {
    throw new BackendError(`the model file ${artifact} has SHA-256 ${actual}, but ${sha256} is registered: it is not loaded`, {
      kind: 'failed',
      retryable: true,
      publicDetail: `The model file ${artifact} is not the one that was registered, so it was not loaded. The deployment is blocked until an administrator of the platform has put it right.`,
      fileMismatch: { artifact, registeredSha256: sha256.toLowerCase(), foundSha256: actual },
    });
  }
}
