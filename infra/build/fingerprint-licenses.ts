// Makes libs/registry/domain/src/detection/license-fingerprints.ts anew, from the true texts of licences, which are not kept here:
//   node infra/build/fingerprint-licenses.ts [folder]
// Texts of the catalogue's licences that SPDX lists come from spdx-license-list. The folder has the others: one folder for each id of the catalogue, in it one
// file for each text that the licence has (the file's name tells them apart). `appended-….txt` is a policy that copies may carry after the licence, whole or
// not at all. Fingerprints of texts that are not in the folder stay as they are.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, extname, join } from 'node:path';
import { fingerprintOf, licenseCatalogue, licenseFingerprints } from '@weighbridge/registry-domain';
import type { FingerprintShape, LicenseFingerprint } from '@weighbridge/registry-domain';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const output = join(import.meta.dirname, '../../libs/registry/domain/src/detection/license-fingerprints.ts');
const require = createRequire(import.meta.resolve('@weighbridge/registry-adapters/package.json'));

/** Placeholders of any text: `<year>`, `[name of copyright owner]`, `{{organization}}`; not `[…](…)` of Markdown. */
const placeholders = [/<(?:year|copyright holders?|owner|organization|name|company|author)[^<>\n]{0,30}>/giu, /\[(?:yyyy|year|name of copyright owner|fullname|organization)\](?!\()/giu, /\{\{?\s*(?:year|organization|project|name)\s*\}?\}/giu];

const howToApply = /How to Apply These Terms to Your New Programs[\s\S]*$/u;

/** What the texts of single licences have that copies fill in or leave out. */
const shapes: Readonly<Record<string, FingerprintShape>> = {
  'Apache-2.0': { loose: [/^\s*Apache License\s+Version 2\.0, January 2004\s+https?:\S+/u, /Copyright\s{8,}(?=\s*Licensed under)/u], sections: [/APPENDIX: How to apply[\s\S]*?identification within third-party archives\./u, /(?<=third-party archives\.\s+)Copyright[\s\S]*$/u] },
  'BSD-2-Clause': { holes: [/(?<=PROVIDED BY )THE COPYRIGHT HOLDERS AND CONTRIBUTORS/gu, /(?<=EVENT SHALL )THE COPYRIGHT HOLDER OR CONTRIBUTORS/gu] },
  'BSD-3-Clause': {
    holes: [/(?<=Neither the )name of the copyright holder(?= nor)/gu, /(?<=nor the names of )its(?= contributors)/gu, /(?<=PROVIDED BY )THE COPYRIGHT HOLDERS AND CONTRIBUTORS/gu, /(?<=EVENT SHALL )THE COPYRIGHT HOLDER OR CONTRIBUTORS/gu],
  },
  'GPL-2.0-only': { sections: [howToApply] },
  'GPL-3.0-only': { sections: [howToApply] },
  'AGPL-3.0-only': { sections: [howToApply] },
  'LGPL-2.1-only': { sections: [/How to Apply These Terms to Your New Libraries[\s\S]*$/u] },
  // The GPL, which it adds to, is often in a file of its own.
  'LGPL-3.0-only': { sections: [/(?<=permanent authorization for you to choose that version for the Library\.\s+)GNU GENERAL PUBLIC LICENSE[\s\S]*$/u] },
  ISC: { holes: [/ISC(?= DISCLAIMS)/gu, /ISC(?= BE LIABLE)/gu] },
};

/** What Creative Commons says around its licences of version 4.0, and copies leave out. */
const creativeCommons: FingerprintShape = {
  sections: [/Creative Commons Corporation \([\s\S]*?(?=Creative Commons [\w-]+ 4\.0 International Public License\s+By exercising)/u, /Creative Commons is not a party to its public[\s\S]*$/u],
};
const shapeOf = (license: string): FingerprintShape => shapes[license] ?? (/^CC-BY\S*-4\.0$/u.test(license) ? creativeCommons : {});

/** Front matter of a collection that a text was taken from. */
const withoutFrontMatter = (text: string): string => text.replace(/^---\n[\s\S]*?\n---\n/u, '');
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

const made: LicenseFingerprint[] = [];
function add(license: string, name: string, text: string, appended: readonly string[] = []): void {
  const shape = name === 'notice' ? { loose: [/Copyright\s{8,}(?=\s*Licensed under)/u] } : shapeOf(license);
  const whole = [text, ...appended].join('\n\n');
  const sections = appended.map((part) => new RegExp(`${escaped(part.trim().split('\n')[0] ?? '')}[\\s\\S]*$`, 'u'));
  made.push(fingerprintOf(license, name, whole, { ...shape, holes: [...placeholders, ...(shape.holes ?? [])], sections: [...(shape.sections ?? []), ...sections] }, sha256Hex));
}

/** Listed by SPDX and not in the catalogue: recognised all the same, and named as what nobody has read for it. */
const uncatalogued = ['Artistic-2.0', 'BlueOak-1.0.0', 'BSD-1-Clause', 'BSD-2-Clause-Patent', 'BSD-2-Clause-Views', 'BSD-3-Clause-Attribution', 'BSD-3-Clause-No-Military-License', 'BSD-4-Clause', 'BUSL-1.1', 'CC-BY-NC-2.5', 'CC-BY-NC-ND-2.0', 'CC-BY-NC-SA-2.5', 'CC-BY-ND-3.0', 'CC-BY-SA-2.0', 'CDDL-1.0', 'CDLA-Sharing-1.0', 'CECILL-2.1', 'Elastic-2.0', 'EPL-1.0', 'EUPL-1.1', 'EUPL-1.2', 'GFDL-1.3-only', 'Hippocratic-2.1', 'HPND', 'JSON', 'LPPL-1.3c', 'MIT-CMU', 'MIT-Modern-Variant', 'MulanPSL-2.0', 'NPOSL-3.0', 'OFL-1.1', 'OGL-UK-3.0', 'PolyForm-Noncommercial-1.0.0', 'PolyForm-Small-Business-1.0.0', 'Python-2.0', 'RPL-1.5', 'SSPL-1.0', 'UPL-1.0', 'Vim', 'W3C', 'X11'];

for (const id of new Set([...licenseCatalogue.keys(), ...uncatalogued])) {
  // Whether later versions may be chosen is said beside the text, which is the same.
  if (id.startsWith('LicenseRef-') || id.endsWith('-or-later')) continue;
  try {
    add(id, 'spdx', (require(`spdx-license-list/licenses/${id}.json`) as { licenseText: string }).licenseText);
  } catch (error) {
    process.stderr.write(`${id}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}\n`);
  }
}

/** What files say that are under the licence; many carry that alone. */
const notice = /Copyright \[yyyy\][\s\S]*$/u.exec((require('spdx-license-list/licenses/Apache-2.0.json') as { licenseText: string }).licenseText);
if (notice !== null) add('Apache-2.0', 'notice', notice[0]);

const folder = process.argv[2];
for (const id of folder === undefined ? [] : readdirSync(folder).toSorted()) {
  const files = readdirSync(join(folder ?? '', id)).toSorted();
  const read = (file: string) => withoutFrontMatter(readFileSync(join(folder ?? '', id, file), 'utf8'));
  const appended = files.filter((file) => file.startsWith('appended-')).map(read);
  for (const file of files.filter((name) => !name.startsWith('appended-'))) add(id, basename(file, extname(file)), read(file), appended);
}

const keyOf = ({ license, text }: LicenseFingerprint) => `${license} ${text}`;
const all = new Map([...licenseFingerprints, ...made].map((fingerprint) => [keyOf(fingerprint), fingerprint]));
const rows = [...all.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).map((fingerprint) => `  ${JSON.stringify(fingerprint)},`);
writeFileSync(
  output,
  [
    '// Made by infra/build/fingerprint-licenses.ts from the true texts. Digests: no text can be read from them.',
    "import type { LicenseFingerprint } from './license-fingerprint.ts';",
    '',
    '/** The texts of licences that a given text is compared with, word by word. */',
    'export const licenseFingerprints: readonly LicenseFingerprint[] = [',
    ...rows,
    '];',
    '',
  ].join('\n'),
);
process.stdout.write(`${rows.length} texts, ${made.length} of them made now, of ${new Set([...all.values()].map(({ license }) => license)).size} licences\n`);
