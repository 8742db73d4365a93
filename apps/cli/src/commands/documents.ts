import type { BomFormat } from '@weighbridge/registry-contracts';
import { ProjectId, UseCaseId, parseModelReference } from '@weighbridge/shared-domain';
import { Failure } from '../failure.ts';
import { printTo } from '../output.ts';
import { connectRegistry, resolveVersion } from '../platform.ts';
import type { PlatformOptions, RegistryClient } from '../platform.ts';
import type { CliSettings } from '../settings.ts';

interface DocumentOptions extends PlatformOptions {
  /** Everything that this project runs, in place of one model. */
  readonly project?: string;
  readonly output?: string;
}

export interface NoticeOptions extends DocumentOptions {
  /** Id of a declared use case. */
  readonly useCase?: string;
}

export interface BomOptions extends DocumentOptions {
  readonly format: BomFormat;
  readonly at?: string;
}

/** The attribution text that goes along with a model, or with all that a project runs. */
export async function writeNotice(settings: CliSettings, model: string | undefined, { useCase, output, ...options }: NoticeOptions): Promise<number> {
  const subject = readSubject(model, options.project);
  const registry = connectRegistry(settings, options);
  const query = useCase === undefined ? {} : { useCase: parsed(UseCaseId, useCase, 'use case') };
  const found = await findSubject(registry, subject);
  const response =
    found.kind === 'project'
      ? await registry.getProjectNotice({ params: { id: found.id }, query })
      : found.kind === 'alias'
        ? await registry.getAliasNotice({ params: { name: found.model, alias: found.alias }, query })
        : await registry.getVersionNotice({ params: { name: found.model, version: found.version }, query });
  await printTo(output, await response.text());
  return 0;
}

/** The bill of materials of a model, or of all that a project runs. */
export async function writeBom(settings: CliSettings, model: string | undefined, { format, at, output, ...options }: BomOptions): Promise<number> {
  const subject = readSubject(model, options.project);
  const registry = connectRegistry(settings, options);
  const query = { format, ...(at === undefined ? {} : { at: parsedInstant(at) }) };
  const found = await findSubject(registry, subject);
  const response =
    found.kind === 'project'
      ? await registry.getProjectBom({ params: { id: found.id }, query })
      : found.kind === 'alias'
        ? await registry.getAliasBom({ params: { name: found.model, alias: found.alias }, query })
        : await registry.getVersionBom({ params: { name: found.model, version: found.version }, query });
  await printTo(output, await response.text());
  return 0;
}

type Subject = { readonly kind: 'project'; readonly id: ProjectId } | { readonly kind: 'model'; readonly reference: string };

function readSubject(model: string | undefined, project: string | undefined): Subject {
  if (model !== undefined && project !== undefined) throw new Failure('name either a model or a project, not both.');
  if (project !== undefined) return { kind: 'project', id: parsed(ProjectId, project, 'project') };
  if (model === undefined) throw new Failure('name a model, or a project with --project.');
  return { kind: 'model', reference: model };
}

type Found = { readonly kind: 'project'; readonly id: ProjectId } | { readonly kind: 'alias'; readonly model: string; readonly alias: string } | { readonly kind: 'version'; readonly model: string; readonly version: string };

async function findSubject(registry: RegistryClient, subject: Subject): Promise<Found> {
  if (subject.kind === 'project') return subject;
  const reference = parseModelReference(subject.reference);
  if (reference?.kind === 'alias') return reference;
  return { kind: 'version', ...(await resolveVersion(registry, subject.reference)) };
}

function parsed<T>(schema: { readonly safeParse: (value: unknown) => { readonly success: true; readonly data: T } | { readonly success: false } }, value: string, what: string): T {
  const read = schema.safeParse(value);
  if (!read.success) throw new Failure(`"${value}" is no id of a ${what}.`);
  return read.data;
}

function parsedInstant(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) throw new Failure(`"${at}" is no instant like 2026-11-24T12:00:00Z.`);
  return date.toISOString();
}
