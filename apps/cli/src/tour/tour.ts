import pc from 'picocolors';
import { checkPapers } from './check-papers.ts';
import { createClients } from './clients.ts';
import { holdBudget } from './hold-budget.ts';
import { promoteVersions } from './promote-versions.ts';
import { registerModels } from './register-models.ts';
import { reportCosts } from './report-costs.ts';
import { createReport } from './report.ts';
import { runWork } from './run-work.ts';
import { setUpProject } from './set-up-project.ts';
import { versions } from './tour-state.ts';
import type { Task, TourState } from './tour-state.ts';
import { weighModels } from './weigh-models.ts';

export interface TourOptions {
  readonly origin: string;
  readonly adminKey: string;
  /** The 600 evaluation cases, JSON lines of `{id, family, prompt, answer}`. */
  readonly tasksJsonl: string;
  readonly write: (line: string) => void;
  /** Whether progress bars make sense: the output is a terminal. */
  readonly live: boolean;
}

/**
 * The whole road, driven from outside through the public API: register, check the papers, run, weigh, promote, pay.
 * Resolves with true only if every step did what it should.
 */
export async function takeTour({ origin, adminKey, tasksJsonl, write, live }: TourOptions): Promise<boolean> {
  const startedAt = new Date();
  const report = createReport(write);
  const tasks = tasksJsonl
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Task);
  const admin = createClients(origin, adminKey);

  const state: TourState = { origin, live, startedAt, tasks, report, admin, ...(await setUpProject(origin, admin, report)) };
  await registerModels(state);
  await checkPapers(state);
  const work = await runWork(state);
  await weighModels(state);
  const answered = await promoteVersions(state);
  const budget = await holdBudget(state);
  await reportCosts(state, { answers: work.answers + tasks.length * versions.length + answered.answers, otherProject: budget });

  const checks = report.checks();
  const broken = checks.filter((check) => !check.held);
  const seconds = ((Date.now() - startedAt.getTime()) / 1000).toFixed(1);
  write(`\n${pc.bold('Report')}`);
  report.summary().forEach(report.line);
  write(broken.length === 0 ? pc.green(`   ${checks.length} expectations, all held, in ${seconds} s.`) : pc.red(`   ${broken.length} of ${checks.length} expectations broken, in ${seconds} s.`));
  return broken.length === 0;
}
