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
}

export function createReport(write: (line: string) => void): Report {
  const checks: Check[] = [];
  let current = '';
  let number = 0;
  return {
    step: (title) => {
      current = title;
      number += 1;
      write(`\n${pc.bold(pc.cyan(`${number}. ${title}`))}`);
    },
    line: (text) => write(`   ${text}`),
    table: (head, rows) => {
      const table = new Table({ head: [...head], style: { head: ['bold'], border: ['gray'] }, wordWrap: true, colWidths: widths(head, rows) });
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
      checks.push({ step: current, what, held });
      write(`   ${held ? pc.green('✓') : pc.red('✗')} ${what}`);
    },
    checks: () => checks,
  };
}

const maxColumn = 72;

function widths(head: readonly string[], rows: readonly (readonly string[])[]): number[] {
  return head.map((title, column) => Math.min(maxColumn, 2 + Math.max(title.length, ...rows.map((row) => Math.max(...(row[column] ?? '').split('\n').map((line) => line.length))))));
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

export const dollars = (usd: string, places = 6): string => {
  const [whole = '0', fraction = ''] = usd.split('.');
  return `$${whole}.${fraction.padEnd(places, '0').slice(0, places)}`;
};
