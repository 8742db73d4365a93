import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readManifest, readText, workspaceFiles, workspaceRoot } from './workspace.ts';

const pages = workspaceFiles.filter((path) => path.endsWith('.md'));
const scripts = readManifest('.').scripts ?? {};

/** The anchors that a page has, made as forges make them. */
const anchorsOf = (page: string): readonly string[] =>
  [...readText(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) => title.replaceAll('`', '').toLowerCase().replaceAll(/[^\p{L}\p{N}\s-]/gu, '').trim().replaceAll(' ', '-'));

const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```$/gm, '').replaceAll(/`[^`\n]*`/g, '');

describe.each(pages)('%s', (page) => {
  const text = readText(page);

  test('links to what is there', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter((link) => !/^(https?|mailto):/.test(link));

    const broken = links.filter((link) => {
      const [file = '', anchor] = link.split('#');
      const target = file === '' ? page : normalize(join(dirname(page), file));
      return !existsSync(join(workspaceRoot, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  test('names files and folders that are there', () => {
    const names = [...text.matchAll(/`((?:apps|libs|infra|docs|models|\.ci)\/[\w./@-]+)`/g)].map(([, name = '']) => name.replace(/[.:,]$/, ''));

    expect(names.filter((name) => !existsSync(join(workspaceRoot, name)))).toEqual([]);
  });

  test('calls commands that npm knows', () => {
    const ran = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    const short = [...text.matchAll(/\bnpm (start|test|stop|restart)\b/g)].map(([, name = '']) => name);

    expect([...ran, ...short].filter((name) => scripts[name] === undefined)).toEqual([]);
  });
});

describe('the documents', () => {
  test('that a newcomer looks for are there', () => {
    for (const page of ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/operations.md', 'docs/glossary.md', 'docs/errors.md']) expect(pages).toContain(page);
  });

  test('include a page for every app and library', () => {
    const folders = workspaceFiles.filter((path) => /^(apps\/[^/]+|libs\/[^/]+\/[^/]+)\/package\.json$/.test(path)).map(dirname);

    expect(folders.filter((folder) => !pages.includes(`${folder}/README.md`))).toEqual([]);
  });

  test('of decisions are numbered, titled alike, and say context, decision and consequences', () => {
    const decisions = pages.filter((page) => page.startsWith('docs/decisions/'));
    const numbers = decisions.map((page) => /\/(\d{4})-[a-z0-9-]+\.md$/.exec(page)?.[1]);

    expect(numbers).not.toContain(undefined);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const page of decisions) {
      expect(readText(page), page).toMatch(new RegExp(`^# ${Number(/\d{4}/.exec(page)?.[0])}\\. .`));
      for (const part of ['Context', 'Decision', 'Consequences']) expect(readText(page), page).toContain(`\n**${part}.** `);
    }
  });
});

describe('scripts of npm', () => {
  test('start files that are there', () => {
    const files = Object.values(scripts).flatMap((command) => [...command.matchAll(/\b((?:infra|apps|libs)\/[\w./-]+)/g)].map(([, file = '']) => file));

    expect(files.filter((file) => !existsSync(join(workspaceRoot, file)))).toEqual([]);
  });
});
