import { Command } from 'commander';
import { demo } from './commands/demo.ts';
import { fail, start } from './commands/start.ts';
import { verifyAudit } from './commands/verify-audit.ts';
import { readSettings } from './settings.ts';

const program = new Command('weighbridge').description('Models with their papers in order: licence, quality and cost, decided and enforced on every request.');

const run = (command: () => Promise<number>) => async () => {
  let exitCode: number;
  try {
    exitCode = await command();
  } catch (error) {
    exitCode = fail(error);
  }
  process.exit(exitCode);
};

program
  .command('start')
  .description('run the whole platform on this machine until Ctrl-C')
  .action(run(() => start(readSettings(process.env))));

program
  .command('demo')
  .description('take the tour: register, check the papers, run, weigh, promote, pay')
  .option('--url <origin>', 'a platform that runs already, e.g. from docker compose (needs WEIGHBRIDGE_ADMIN_KEY)')
  .option('--keep', 'leave the platform running afterwards')
  .action((options: { url?: string; keep?: boolean }) => run(() => demo(() => readSettings(process.env), options))());

program
  .command('audit')
  .description('the hash-chained audit log')
  .command('verify')
  .description('recompute the chain; exit code 0 when it is intact')
  .option('--url <origin>', 'a platform elsewhere (needs WEIGHBRIDGE_ADMIN_KEY)')
  .action((options: { url?: string }) => run(() => verifyAudit(readSettings(process.env), options))());

await program.parseAsync();
