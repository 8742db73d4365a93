import type { ImportDraft, ImportKind } from '@weighbridge/registry-contracts';
import { DraftNotes, draftOf } from './draft.ts';
import type { ReadModel } from './draft.ts';
import { unreadable } from './publication.ts';
import type { Publication } from './publication.ts';
import { readGguf } from './read-gguf.ts';
import { looksLikeRepository, readHuggingFace } from './read-hugging-face.ts';
import { findManifest, readManifestModel } from './read-manifest.ts';
import { readMlflow } from './read-mlflow.ts';

type Reader = (publication: Publication, notes: DraftNotes) => Promise<ReadModel>;

const readers: Readonly<Record<Exclude<ImportKind, 'auto'>, Reader>> = { huggingface: readHuggingFace, gguf: readGguf, ollama: readManifestModel, oci: readManifestModel, mlflow: readMlflow };

/**
 * Reads a publication, however it came here, to a draft version: what it says, where each field was read, and what does not fit together. Nothing is
 * registered and nothing is fetched. Throws `artifact.unreadable`, naming the file, for what is broken or hostile.
 */
export async function importPublication(publication: Publication, kind: ImportKind): Promise<ImportDraft> {
  const notes = new DraftNotes();
  const detected = kind === 'auto' ? await detectKind(publication) : kind;
  const read = await readers[detected](publication, notes);
  return draftOf(publication, detected === 'ollama' || detected === 'oci' ? read : { ...read, kind: detected }, notes);
}

async function detectKind(publication: Publication): Promise<Exclude<ImportKind, 'auto'>> {
  const { files } = publication;
  if (files.has('MLmodel')) return 'mlflow';
  if ((await findManifest(publication)) !== null) return 'oci';
  const names = [...files.keys()];
  const onlyGguf = names.some((name) => /\.gguf$/i.test(name)) && !files.has('config.json') && !files.has('README.md') && !names.some((name) => /\.safetensors$/i.test(name));
  if (onlyGguf) return 'gguf';
  if (looksLikeRepository(publication)) return 'huggingface';
  throw unreadable(publication.name ?? 'the publication', `none of its ${names.length} files says what it is: no config.json, no weights, no MLmodel, no manifest${names.length === 0 ? '' : ` (it begins with ${names.slice(0, 3).join(', ').slice(0, 200)})`}`);
}
