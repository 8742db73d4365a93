import type { GgufHeader } from './gguf.ts';

/** A part of a split file by its name, `base-00002-of-00005.gguf`; null: the file is whole. */
export function ggufPartName(fileName: string): { readonly base: string; readonly part: number; readonly parts: number } | null {
  const match = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/i.exec(fileName);
  return match === null ? null : { base: match[1] ?? '', part: Number(match[2]), parts: Number(match[3]) };
}

/** As llama.cpp names the parts of a split file; `part` counts from 1. */
export const ggufPartFileName = (base: string, part: number, parts: number): string => `${base}-${String(part).padStart(5, '0')}-of-${String(parts).padStart(5, '0')}.gguf`;

export interface GgufPart {
  readonly fileName: string;
  /** As its name says, from 1. */
  readonly part: number;
  readonly parts: number;
  readonly header: GgufHeader;
}

/** What is wrong with a split file, and where it stands. */
export interface GgufSplitFault {
  readonly message: string;
  readonly sources: readonly string[];
}

/**
 * Puts the parts of a split file together (llama.cpp, `gguf-split`: the first part has the metadata; each has `split.no` from 0, `split.count` and
 * `split.tensors.count`, which must agree with each other, with the names, and with the tensors that are there).
 */
export function joinGgufParts(given: readonly GgufPart[]): { readonly header: GgufHeader; readonly missing: readonly number[]; readonly faults: readonly GgufSplitFault[] } {
  const parts = given.toSorted((a, b) => a.part - b.part);
  const [first] = parts;
  if (first === undefined) throw new TypeError('no parts');
  const faults: GgufSplitFault[] = [];
  const here = new Set(parts.map(({ part }) => part));
  const missing = Array.from({ length: first.parts }, (_, index) => index + 1).filter((part) => !here.has(part));
  for (const { fileName, part, header } of parts) {
    const count = numberAt(header, 'split.count');
    const place = numberAt(header, 'split.no');
    if (count !== null && count !== first.parts) faults.push({ message: `${fileName} is one of ${first.parts} by its name, and one of ${count} by its header.`, sources: [`${fileName}: name`, `${fileName}: split.count`] });
    if (place !== null && place !== part - 1) faults.push({ message: `${fileName} is part ${part} by its name, and part ${place + 1} by its header.`, sources: [`${fileName}: name`, `${fileName}: split.no`] });
  }
  const tensors = parts.flatMap(({ header }) => header.tensors);
  const stated = new Map(parts.flatMap(({ fileName, header }) => { const count = numberAt(header, 'split.tensors.count'); return count === null ? [] : [[fileName, count] as const]; }));
  const [[, expected] = ['', null]] = [...stated];
  if (new Set(stated.values()).size > 1) faults.push({ message: `The parts do not agree on how many tensors there are: ${[...new Set(stated.values())].slice(0, 5).join(', ')}.`, sources: [...stated.keys()].slice(0, 5).map((name) => `${name}: split.tensors.count`) });
  else if (expected !== null && missing.length === 0 && expected !== tensors.length) faults.push({ message: `The parts hold ${tensors.length} tensors, and their headers speak of ${expected}.`, sources: [`${first.fileName}: split.tensors.count`, 'tensor infos of all parts'] });
  const repeated = firstRepetition(tensors.map(({ name }) => name));
  if (repeated !== null) faults.push({ message: `The tensor ${JSON.stringify(repeated.slice(0, 60))} is in more than one part.`, sources: ['tensor infos of all parts'] });
  return { header: { ...first.header, tensors }, missing, faults };
}

function numberAt({ metadata }: GgufHeader, key: string): number | null {
  const value = metadata.get(key);
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null;
}

function firstRepetition(names: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return null;
}
