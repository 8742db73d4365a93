import { readFileSync } from 'node:fs';
import type { DatedDecision } from '@weighbridge/registry-contracts';
import { UseCaseFacts } from '@weighbridge/registry-domain';
import type { DecisionOutcome } from '@weighbridge/registry-domain';
import { UseCaseId } from '@weighbridge/shared-domain';
import { parse } from 'yaml';
import { z } from 'zod';
import { Failure } from '../failure.ts';
import { print, wrap } from '../output.ts';
import { connectRegistry, readAll, resolveVersion } from '../platform.ts';
import type { PlatformOptions } from '../platform.ts';
import type { CliSettings } from '../settings.ts';

export interface CheckOptions extends PlatformOptions {
  /** A file of facts, `-` for standard input, or the id of a declared use case. */
  readonly useCase: string;
  readonly json?: boolean;
}

/** What a pipeline goes by. Every failure that is no answer is 3. */
export const checkExitCodes = { allow: 0, allow_with_obligations: 0, deny: 1, review: 2 } as const satisfies Record<DecisionOutcome, number>;
export const checkFailed = 3;

/** May this model be used for that? Prints why, to the clause. */
export async function check(settings: CliSettings, reference: string, { useCase: from, json, ...platform }: CheckOptions): Promise<number> {
  const useCase = await readUseCase(from);
  const registry = connectRegistry(settings, platform);
  const { model, version } = await resolveVersion(registry, reference);
  const decision = await registry.decide({ body: { model: `${model}@${version}`, useCase: useCase.what } });
  await print(json === true ? JSON.stringify(decision, null, 2) : explain(decision, useCase.name));
  return checkExitCodes[decision.decision];
}

interface GivenUseCase {
  readonly name: string;
  readonly what: UseCaseId | z.output<typeof UseCaseFacts>;
}

/** Facts as they are, or a use case as it is declared to the registry, whose facts are under `facts`. */
const UseCaseFile = z.union([z.object({ name: z.string().optional(), facts: UseCaseFacts }), UseCaseFacts.transform((facts) => ({ name: undefined, facts }))]);

async function readUseCase(from: string): Promise<GivenUseCase> {
  const id = UseCaseId.safeParse(from);
  if (id.success) return { name: id.data, what: id.data };
  const text = from === '-' ? await readAll(process.stdin) : readFileOr(from);
  const content = parseText(from, text);
  const read = UseCaseFile.safeParse(content);
  if (read.success) return { name: read.data.name ?? from, what: read.data.facts };
  const facts = typeof content === 'object' && content !== null && 'facts' in content ? content.facts : content;
  throw new Failure(`${from} is no use case: ${faultsOf(UseCaseFacts.safeParse(facts).error ?? read.error)}`);
}

function readFileOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure(`${path} cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** JSON is YAML. An alias that multiplies itself is refused by the parser. */
function parseText(from: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20 }) as unknown;
  } catch (cause) {
    throw new Failure(`${from} is neither YAML nor JSON: ${(cause as Error).message.split('\n')[0] ?? ''}`, { cause });
  }
}

const faultsOf = ({ issues }: z.ZodError): string =>
  issues
    .map((issue) => (issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')}: not a fact of a use case` : `${issue.path.join('.') || 'the whole'}: ${issue.message}`))
    .slice(0, 10)
    .join('; ');

const verdicts: Readonly<Record<DecisionOutcome, string>> = { allow: 'ALLOWED', allow_with_obligations: 'ALLOWED, with obligations', review: 'NEEDS A REVIEW', deny: 'DENIED' };

/** The decision as a person reads it: each reason with its sentence and where it comes from, then what is due. */
export function explain({ decision, model, reasons, obligations, decidedAt, inputsDigest }: DatedDecision, useCase: string): string {
  const due = obligations.filter(({ conditional }) => !conditional);
  const maybe = obligations.filter(({ conditional }) => conditional);
  const list = (title: string, items: readonly string[]) => (items.length === 0 ? [] : ['', title, ...items]);
  return [
    `${verdicts[decision]}: ${model} for ${useCase}`,
    ...list('Why', reasons.map(({ code, message, settledBy }) => `${wrap(message, '  ')}\n  (${code}${settledBy === null || settledBy === undefined ? '' : `; settled by: ${settledBy}`})`)),
    ...list('Due', due.map((obligation) => obligationLine(obligation))),
    ...list('Due if it applies', maybe.map((obligation) => obligationLine(obligation))),
    '',
    `decided ${decidedAt}, inputs ${inputsDigest.slice(0, 12)}`,
    '',
  ].join('\n');
}

const obligationLine = ({ code, text, license, clause, version }: DatedDecision['obligations'][number]): string => `${wrap(text, '  ')}\n  (${code}; ${license}, ${clause}; from ${version})`;
