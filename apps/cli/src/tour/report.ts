import Table from 'cli-table3';
import pc from 'picocolors';

/** One thing that the tour expected of a step, and whether it was so. */
export interface Check {
  readonly step: string;
  readonly what: string;
  readonly held: boolean;
}

/** What the tour prints: lines, tables, and at the end every expectation with its outcome. */
export interface Report {
  readonly step: (title: string) => void;
  readonly line: (text: string) => void;
  readonly table: (head: readonly string[], rows: readonly (readonly string[])[]) => void;
  /** Notes an expectation; a broken one makes the tour fail at its end, not at once, so that all of them are seen. */
  readonly expect: (what: string, held: boolean) => void;
  readonly checks: () => readonly Check[];
  /** One line per step: how long it took, and how many of its expectations held. */
  readonly summary: () => readonly string[];
}

interface Step {
  readonly title: string;
  readonly startedAtMs: number;
}

export function createReport(write: (line: string) => void): Report {
  const checks: Check[] = [];
  const steps: Step[] = [];
  return {
    step: (title) => {
      steps.push({ title, startedAtMs: performance.now() });
      write(`\n${pc.bold(pc.cyan(`${steps.length}. ${title}`))}`);
    },
    line: (text) => write(`   ${text}`),
    table: (head, rows) => {
      const table = new Table({ head: [...head], chars: withoutRules, style: { head: ['bold'], border: ['gray'] }, wordWrap: true, colWidths: widths(head, rows) });
      for (const row of rows) table.push([...row]);
      write(
        table
          .toString()
          .split('\n')
          .map((line) => `   ${line}`)
          .join('\n'),
      );
    },
    expect: (what, held) => {
      checks.push({ step: steps.at(-1)?.title ?? '', what, held });
      write(`   ${held ? pc.green('✓') : pc.red('✗')} ${what}`);
    },
    checks: () => checks,
    summary: () =>
      steps.map(({ title, startedAtMs }, index) => {
        const seconds = ((steps[index + 1]?.startedAtMs ?? performance.now()) - startedAtMs) / 1_000;
        const own = checks.filter((check) => check.step === title);
        const broken = own.filter((check) => !check.held);
        const verdict = broken.length === 0 ? pc.green(`✓ ${own.length} held`) : pc.red(`✗ ${broken.length} of ${own.length} broken: ${broken.map((check) => check.what).join('; ')}`);
        return `${index + 1}. ${title.padEnd(46)} ${seconds.toFixed(1).padStart(6)} s   ${verdict}`;
      }),
  };
}

const maxColumn = 72;

/** No line between rows: the tables stay as long as their content. */
const withoutRules = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

function widths(head: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return head.map((title, column) => Math.min(maxColumn, 2 + Math.max(title.length, ...rows.map((row) => Math.max(...(row[column] ?? '').split('\n').map((line) => line.length))))));
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export const dollars = (usd: string, places = 6): string => {
  const [whole = '0', fraction = ''] = usd.split('.');
  return `$${whole}.${fraction.padEnd(places, '0').slice(0, places)}`;
};
