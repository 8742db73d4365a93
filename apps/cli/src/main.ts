import { ImportKind, BomFormat } from '@weighbridge/registry-contracts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { check, checkFailed } from './commands/check.ts';
import type { CheckOptions } from './commands/check.ts';
import { demo } from './commands/demo.ts';
import { writeBom, writeNotice } from './commands/documents.ts';
import type { BomOptions, NoticeOptions } from './commands/documents.ts';
import { importModel } from './commands/import-model.ts';
import type { ImportOptions } from './commands/import-model.ts';
import { searchModels } from './commands/search-models.ts';
import type { SearchOptions } from './commands/search-models.ts';
import { fail, start } from './commands/start.ts';
import { verifyAudit } from './commands/verify-audit.ts';
import { readSettings } from './settings.ts';

const program = new Command('weighbridge').description('Models with their papers in order: licence, quality and cost, decided and enforced on every request.');

const run = (command: () => Promise<number>, failed?: number) => async () => {
  let exitCode: number;
  try {
    exitCode = await command();
  } catch (error) {
    exitCode = failed ?? 1;
    fail(error);
  }
  process.exit(exitCode);
};

const elsewhere = () => new Option('--url <origin>', 'the public origin of a platform; else WEIGHBRIDGE_URL, else the one that runs here');

function pageLimit(value: string): number {
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 200) throw new InvalidArgumentError('must be a whole number from 1 to 200.');
  return limit;
}

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
  .option('--head <sequence:hash>', 'a head that an earlier verification gave: the log must lead through it')
  .action((options: { url?: string; head?: string }) => run(() => verifyAudit(readSettings(process.env), options))());

program
  .command('import <path>')
  .description('read a model that lies here (a folder or a file) to a draft, and register it if asked; weights are not sent')
  .addOption(new Option('--kind <kind>', 'how it is published').choices(ImportKind.options).default('auto'))
  .option('--model <name>', 'its name in the registry')
  .option('--version <version>', 'its version')
  .option('--publisher <name>', 'who published it, where the model is new')
  .option('--register', 'register what was read')
  .option('--force', 'register it although it contradicts itself')
  .option('--json', 'print the draft as JSON')
  .addOption(elsewhere())
  .action((path: string, options: ImportOptions) => run(() => importModel(readSettings(process.env), path, options))());

const checking = program
  .command('check <model>')
  .description('may this model be used for that? exit code 0: yes, 1: no, 2: it needs a review, 3: no answer')
  .requiredOption('--use-case <file>', 'facts of the use as YAML or JSON, - for standard input, or the id of a declared use case')
  .option('--json', 'print the decision as JSON')
  .addOption(elsewhere())
  .action((model: string, options: CheckOptions) => run(() => check(readSettings(process.env), model, options), checkFailed)());
// A pipeline must not take a wrong option for a denial.
checking.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : checkFailed));

program
  .command('notice [model]')
  .description('the attribution text that goes along with a model, or with all that a project runs')
  .option('-o, --output <file>', 'write it there')
  .option('--use-case <id>', 'only what this declared use asks for')
  .option('--project <id>', 'everything that this project runs')
  .addOption(elsewhere())
  .action((model: string | undefined, options: NoticeOptions) => run(() => writeNotice(readSettings(process.env), model, options))());

program
  .command('bom [model]')
  .description('the bill of materials of a model, or of all that a project runs')
  .addOption(new Option('--format <format>', 'CycloneDX 1.7, or SPDX 3.0.1 as JSON-LD').choices(BomFormat.options).default('cyclonedx'))
  .option('-o, --output <file>', 'write it there')
  .option('--project <id>', 'everything that this project runs')
  .option('--at <instant>', 'when it says that it was made')
  .addOption(elsewhere())
  .action((model: string | undefined, options: BomOptions) => run(() => writeBom(readSettings(process.env), model, options))());

program
  .command('models')
  .description('what is registered')
  .command('search [text]')
  .description('models by name or publisher')
  .option('--license <id>', 'with a version under this licence')
  .option('--limit <count>', 'how many', pageLimit, 50)
  .option('--json', 'print them as JSON')
  .addOption(elsewhere())
  .action((text: string | undefined, options: SearchOptions) => run(() => searchModels(readSettings(process.env), text, options))());

await program.parseAsync();
