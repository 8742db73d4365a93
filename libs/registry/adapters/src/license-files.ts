import { copyrightLines, detectLicense } from '@weighbridge/registry-domain';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import type { DraftNotes } from './draft.ts';
import { readText, textLimits } from './publication.ts';
import type { Publication, PublishedFile } from './publication.ts';

const mostLicenseFiles = 20;

/** What a file of this name says something about; null: nothing about rights. `LICENSE-CODE` and its like speak of code beside the weights. */
function licenseFileCovers(name: string): 'model' | 'code' | 'use-policy' | 'notice' | null {
  const base = name.split('/').at(-1) ?? name;
  if (/^(acceptable[._ -]?)?use[._ -]?policy([._-].*)?$|^prohibited[._ -]?use/i.test(base)) return 'use-policy';
  if (/^notice([._-].*)?$/i.test(base)) return 'notice';
  if (!/^(licen[cs]e|copying|unlicense)s?([ ._-].*)?$|^[\w.-]*[._-]licen[cs]e(\.(md|txt))?$/i.test(base) || /\.(py|js|ts|json|ya?ml)$/i.test(base)) return null;
  return /code/i.test(base) ? 'code' : 'model';
}

/**
 * Reads every licence file at the head of the publication and notes what it covers and which licence it is. Answers with the texts that speak of the
 * model. A text over one megabyte throws `artifact.unreadable`: a licence of which only a part is read could say anything in the rest.
 */
export async function readLicenseFiles(publication: Publication, notes: DraftNotes, linked: string | null = null): Promise<{ fileName: string; text: string }[]> {
  const link = linkedFile(publication, linked);
  const found = [...publication.files.entries()].flatMap(([name, file]): { file: PublishedFile; covers: NonNullable<ReturnType<typeof licenseFileCovers>> }[] => {
    const covers = name === link ? 'model' : name.includes('/') ? null : licenseFileCovers(name);
    return covers === null ? [] : [{ file, covers }];
  });
  if (found.length > mostLicenseFiles) notes.found(`It has ${found.length} licence files; only ${mostLicenseFiles} were read.`, 'error');
  const texts: { fileName: string; text: string }[] = [];
  for (const { file, covers } of found.slice(0, mostLicenseFiles)) {
    const text = await readText(file, textLimits.licenseBytes);
    const licenses = covers === 'model' || covers === 'code' ? licensesOf(text) : [];
    notes.licenseFiles.push({ fileName: file.name, covers, licenses });
    // What a notice has to repeat.
    if (covers === 'model' || covers === 'notice') for (const { text: line, line: number } of copyrightLines(text)) notes.read('copyright', line, `${file.name}:${number}`);
    if (covers === 'notice') noteNotice(text, file.name, notes);
    if (covers === 'model') texts.push({ fileName: file.name, text });
    else if (covers === 'code') notes.found(`${file.name} speaks of the code${licenses.length === 0 ? '' : ` (${licenses.join(', ')})`}: it does not count for the weights.`, 'info', [file.name]);
    else if (covers === 'use-policy') notes.found(`${file.name} restricts what the model may be used for: it counts beside the licence.`, 'info', [file.name]);
    else notes.found(`${file.name} has to go along with what is passed on.`, 'info', [file.name]);
  }
  return texts;
}

/** As much of a notice as a provenance holds; a longer one has to be taken from the file. */
const longestNotice = 1_000;

function noteNotice(text: string, fileName: string, notes: DraftNotes): void {
  const trimmed = text.trim();
  if (trimmed.length > longestNotice) notes.found(`${fileName} is longer than ${longestNotice} characters: a notice made here repeats only its beginning, so the file itself has to go along.`, 'warning', [fileName]);
  notes.read('notice', trimmed.slice(0, longestNotice), fileName);
}

/** Licences that a text is or holds, surest first. */
export const licensesOf = (text: string): string[] => detectLicense(text, { sha256Hex }).matches.map(({ license }) => license);

/** The file that `license_link` means: a name, or an address that ends with `/blob/<revision>/<name>`. */
function linkedFile({ files }: Publication, link: string | null): string | null {
  if (link === null) return null;
  const name = decodeURIComponentSafe(/\/(?:blob|resolve|raw)\/[^/]+\/(.+)$/.exec(link)?.[1] ?? link).replace(/^\.\//, '').replace(/[?#].*$/, '');
  return files.has(name) && !/\.(safetensors|gguf|bin|pt|pth)$/i.test(name) ? name : null;
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
