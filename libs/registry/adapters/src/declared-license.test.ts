import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licenseCatalogue } from '@weighbridge/registry-domain';
import { describe, expect, test } from 'vitest';
import { declaredLicense } from './declared-license.ts';
import type { LicenseSigns } from './declared-license.ts';
import { DraftNotes } from './draft.ts';

const apache = { fileName: 'LICENSE', text: readFileSync(join(import.meta.dirname, '../../../../LICENSE'), 'utf8') };
const amended = { fileName: 'LICENSE', text: 'You may do everything with this, except on Sundays.' };
const markersOf = (id: string): string => licenseCatalogue.get(id)?.markers.required.join('\n') ?? '';
const nothing: LicenseSigns = { tag: null, name: null, link: null, texts: [] };

describe('declaredLicense', () => {
  test.each<{ signs: string; given: Partial<LicenseSigns>; id: string | null; declared: string | null; conflicting?: string[]; finding: string | null }>([
    { signs: 'a tag', given: { tag: 'apache-2.0' }, id: 'Apache-2.0', declared: 'Apache-2.0', finding: null },
    { signs: 'a tag and its text', given: { tag: 'apache-2.0', texts: [apache] }, id: 'Apache-2.0', declared: 'Apache-2.0', finding: null },
    { signs: 'a text alone', given: { texts: [apache] }, id: 'Apache-2.0', declared: 'Apache-2.0', finding: null },
    { signs: 'a tag and another text', given: { tag: 'mit', texts: [apache] }, id: null, declared: 'MIT', conflicting: ['Apache-2.0'], finding: 'which one was granted' },
    { signs: 'a tag and a text that is not known', given: { tag: 'mit', texts: [amended] }, id: null, declared: null, finding: 'whatever the tag "mit" says' },
    { signs: 'a tag and a text that is nearly what it says', given: { tag: 'apache-2.0', texts: [{ ...apache, text: apache.text.replace('perpetual,', 'revocable,') }] }, id: null, declared: null, finding: 'LICENSE: the text is nearly Apache-2.0, and not the same: changed "revocable,"' },
    { signs: 'a text that only has the telling sentences', given: { texts: [{ fileName: 'LICENSE', text: markersOf('LicenseRef-MistralAI-MRL-0.1') }] }, id: null, declared: null, finding: 'has the telling sentences of LicenseRef-MistralAI-MRL-0.1' },
    { signs: 'a known text beside one that is not known', given: { texts: [apache, { ...amended, fileName: 'LICENSE-EXTRA' }] }, id: null, declared: null, finding: 'LICENSE-EXTRA' },
    { signs: 'a tag and a name that contradict each other', given: { tag: 'mit', name: 'llama3.1', texts: [apache] }, id: null, declared: 'MIT', conflicting: ['LicenseRef-Llama-3.1', 'Apache-2.0'], finding: 'contradict' },
    { signs: 'a tag of its own and a text that is not known', given: { tag: 'my-own-license', texts: [amended] }, id: null, declared: 'my-own-license', finding: 'whatever the tag' },
    { signs: 'a tag that is not known', given: { tag: 'my-own-license' }, id: null, declared: 'my-own-license', finding: 'every use needs a review' },
    { signs: '"other" with a name that is not known', given: { tag: 'other', name: 'house rules' }, id: null, declared: 'house rules', finding: 'every use needs a review' },
    { signs: 'nothing', given: {}, id: null, declared: null, finding: 'No licence is stated' },
  ])('$signs: $id', ({ given, id, declared, conflicting = [], finding }) => {
    const notes = new DraftNotes();

    expect(declaredLicense({ ...nothing, ...given }, notes)).toEqual({ id, declared, conflicting });
    if (finding === null) expect(notes.findings).toEqual([]);
    else expect(notes.findings.map(({ message }) => message).join(' ')).toContain(finding);
  });
});
