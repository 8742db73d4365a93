/** Name and tag of a model in Ollama's store, out of the path of its manifest: `manifests/<host>/<namespace>/<model>/<tag>`. Null: no such path. */
export function ollamaReference(path: string): { readonly host: string; readonly namespace: string; readonly model: string; readonly tag: string } | null {
  const parts = path.split('/');
  const [host, namespace, model, tag, more] = parts.slice(parts.lastIndexOf('manifests') + 1);
  if (!parts.includes('manifests') || host === undefined || namespace === undefined || model === undefined || tag === undefined || more !== undefined) return null;
  return { host, namespace, model, tag };
}

/** How blobs are called in Ollama's store, where a file name may hold no colon. */
export const ollamaBlobName = (sha256: string): string => `sha256-${sha256}`;
