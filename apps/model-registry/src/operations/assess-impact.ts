import type { ImpactItem, ImpactReport, ImpactRequest } from '@weighbridge/registry-contracts';
import type { DeploymentPlace, UseCaseRecord } from '@weighbridge/registry-data';
import { assumeLicense, prepareDecision } from '@weighbridge/registry-domain';
import type { AssumedLicenses, Assumption, CountedUsers, DecisionOutcome, ImpactSubject, LicenseBook, LineageVersion } from '@weighbridge/registry-domain';
import { projectFilter } from '@weighbridge/shared-adapters/auth';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { canonicalJson } from '@weighbridge/shared-domain';
import type { ProjectId } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import type { RegistryDeps } from '../deps.ts';
import { compareDecisions, isWorse } from '../impact/compare-decisions.ts';
import type { ComparedTerms } from '../impact/compare-decisions.ts';
import { readTouched } from '../impact/touched-versions.ts';
import type { TermsPair, TouchedVersion } from '../impact/touched-versions.ts';
import { licenseNotFound } from '../license-shelf.ts';
import { requireModel, splitReference, versionNotFound } from '../refusals.ts';

export type ImpactDeps = Pick<RegistryDeps, 'registry' | 'licenses' | 'counted'>;
type AskedImpact = z.output<typeof ImpactRequest> & { readonly caller: Caller };

const mostTouched = 100_000;
const mostUseCases = 500;
const shownUseCases = 50;
/** Reports whose pages may still be asked for. */
const rememberedReports = 8;

/** The whole of a report; what is shown of it is a page. */
interface Assessment {
  readonly summary: ImpactReport['summary'];
  /** In the order in which they are shown. */
  readonly ranked: readonly TouchedVersion[];
  readonly compared: ReadonlyMap<TermsPair, ComparedTerms>;
  readonly assumption: AssumedLicenses | null;
  readonly licenses: LicenseBook;
  readonly counted: CountedUsers;
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly deployments: ReadonlyMap<string, readonly DeploymentPlace[]>;
}

/** Reports of one revision are remembered, so that the pages of one report fit together and cost little. */
export function createImpactReporter(deps: ImpactDeps): (asked: AskedImpact) => Promise<ImpactReport> {
  const remembered = new Map<string, Promise<Assessment>>();
  return async ({ caller, limit, cursor, project, ...asked }) => {
    const projectId = projectFilter(caller, project);
    const subject: ImpactSubject = asked.version === undefined ? { license: asked.license ?? '' } : { version: asked.version };
    const key = canonicalJson([await deps.registry.revision(), projectId, asked]);
    let assessment = remembered.get(key);
    if (assessment === undefined) {
      assessment = assess(deps, subject, assumptionOf(asked.whatIf), projectId);
      for (const old of [...remembered.keys()].slice(0, Math.max(0, remembered.size - rememberedReports + 1))) remembered.delete(old);
      remembered.set(key, assessment);
      assessment.catch(() => remembered.delete(key));
    }
    return pageOf(deps, 'license' in subject ? subject.license : subject.version, await assessment, limit, cursor);
  };
}

/** The schema lets exactly one of them through. */
function assumptionOf(whatIf: AskedImpact['whatIf']): Assumption | null {
  if (whatIf === undefined) return null;
  if (whatIf.entry !== undefined) return { entry: whatIf.entry };
  return whatIf.license === undefined ? { commercialUse: false } : { license: whatIf.license };
}

async function assess(deps: ImpactDeps, subject: ImpactSubject, assumed: Assumption | null, projectId: ProjectId | null): Promise<Assessment> {
  const { registry } = deps;
  const [licenses, counted] = [await deps.licenses.book(), await deps.counted()];
  const found = await findTouched(deps, subject, licenses);
  const assumption = assumed === null ? null : assumeLicense(subject, assumed, licenses);
  const { touched, unread } = await readTouched(registry, subject, found.slice(0, mostTouched), licenses, assumption);
  const useCases = await registry.useCases.listUseCases(projectId, { limit: mostUseCases, after: undefined });
  const compared = await compareDecisions({ touched, useCases: useCases.slice(0, mostUseCases), licenses, assumedLicenses: assumption?.licenses ?? null, counted });
  const refs = new Set(touched.map(({ record }) => record.ref));
  const placed = <T extends { readonly model: string; readonly version: string }>(places: readonly T[]) => Map.groupBy(places, ({ model, version }) => `${model}@${version}`);
  const aliases = new Map([...placed(await registry.usage.listAliases())].filter(([ref]) => refs.has(ref)).map(([ref, of]) => [ref, of.map(({ name }) => name)]));
  const deployments = new Map([...placed(await registry.usage.listDeployments())].filter(([ref]) => refs.has(ref)));
  const parts = { compared, assumption, licenses, counted, aliases, deployments };
  return { ...parts, ranked: ranked(touched, parts), summary: { ...summarise(touched, parts), truncated: found.length > mostTouched || useCases.length > mostUseCases || unread > 0 } };
}

async function findTouched({ registry }: ImpactDeps, subject: ImpactSubject, licenses: LicenseBook) {
  if ('license' in subject) {
    const found = await registry.lineage.listUnderLicense(subject.license, mostTouched + 1);
    if (found.length === 0 && licenses.get(subject.license) === undefined) throw licenseNotFound(subject.license);
    return found;
  }
  const { model, version } = splitReference(subject.version);
  const found = await registry.lineage.listNearest({ model, version }, 'descendants', mostTouched + 1);
  if (found.length > 0) return found;
  await requireModel(registry, model);
  throw versionNotFound(model, version);
}

type Parts = Pick<Assessment, 'compared' | 'assumption' | 'aliases' | 'deployments'>;

function summarise(touched: readonly TouchedVersion[], { compared, assumption, aliases, deployments }: Parts): Omit<ImpactReport['summary'], 'truncated'> {
  const count = (): Record<DecisionOutcome, number> => ({ allow: 0, allow_with_obligations: 0, review: 0, deny: 0 });
  const [before, after] = [count(), count()];
  const changed = { decisions: 0, versions: 0, useCases: 0, deployments: 0, worse: 0, better: 0 };
  const [useCases, changedUseCases] = [new Set<string>(), new Set<string>()];
  for (const { record, pair } of touched) {
    const { decisions, concerned } = compared.get(pair) ?? { decisions: [], concerned: [] };
    for (const each of decisions) {
      before[each.before] += 1;
      if (each.after !== null) after[each.after] += 1;
    }
    for (const { useCase } of concerned) useCases.add(useCase.id);
    if (assumption === null || concerned.length === 0) continue;
    changed.versions += 1;
    changed.deployments += deployments.get(record.ref)?.length ?? 0;
    changed.decisions += concerned.length;
    for (const each of concerned) {
      changedUseCases.add(each.useCase.id);
      if (isWorse(each)) changed.worse += 1;
      else changed.better += 1;
    }
  }
  const sizes = (places: ReadonlyMap<string, readonly unknown[]>) => [...places.values()].reduce((sum, of) => sum + of.length, 0);
  return {
    versions: touched.length,
    models: new Set(touched.map(({ record }) => record.model)).size,
    aliases: sizes(aliases),
    deployments: sizes(deployments),
    useCases: useCases.size,
    before,
    after: assumption === null ? null : after,
    changed: { ...changed, useCases: changedUseCases.size },
  };
}

/** What is at work comes first, then what changes, then by reference. The words sort as they are, so they make the cursor too. */
const rankOf = ({ record, pair }: TouchedVersion, { compared, assumption, aliases, deployments }: Parts): string => {
  const isAtWork = aliases.has(record.ref) || deployments.has(record.ref);
  const isChanged = assumption !== null && (compared.get(pair)?.concerned.length ?? 0) > 0;
  return `${isAtWork ? 0 : 1}${isChanged ? 0 : 1}${record.ref}`;
};

const ranked = (touched: readonly TouchedVersion[], parts: Parts): TouchedVersion[] =>
  touched
    .map((each) => ({ each, rank: rankOf(each, parts) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ each }) => each);

async function pageOf({ registry }: ImpactDeps, subject: string, assessment: Assessment, limit: number, cursor: string | undefined): Promise<ImpactReport> {
  const rest = cursor === undefined ? assessment.ranked : assessment.ranked.filter((each) => rankOf(each, assessment) > cursor);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const lineage = new Map<string, LineageVersion>((await registry.lineage.listAncestors(page.map(({ record }) => record.id))).map((version) => [version.ref, version]));
  return {
    subject,
    summary: assessment.summary,
    data: page.map((each) => itemOf(each, assessment, lineage)),
    nextCursor: rest.length > limit && last !== undefined ? rankOf(last, assessment) : null,
  };
}

function itemOf({ record, via, origin, pair }: TouchedVersion, assessment: Assessment, lineage: ReadonlyMap<string, LineageVersion>): ImpactItem {
  const { aliases, deployments, compared } = assessment;
  const concerned = compared.get(pair)?.concerned ?? [];
  const explain = explainer(record.ref, assessment, lineage);
  return {
    version: record.ref,
    model: record.model,
    versionName: record.version,
    publisher: record.publisher,
    license: record.license,
    via,
    origin,
    aliases: [...(aliases.get(record.ref) ?? [])],
    deployments: (deployments.get(record.ref) ?? []).map(({ id, status }) => ({ id, status })),
    useCases: concerned.slice(0, shownUseCases).map(({ useCase, before, after }) => ({ id: useCase.id, name: useCase.name, projectId: useCase.projectId, before, after, ...explain(useCase) })),
    useCasesTotal: concerned.length,
  };
}

type Explained = Pick<ImpactItem['useCases'][number], 'newReasons' | 'goneReasons'>;

/** Decides on the version itself, whose names the sample of its terms does not have. */
function explainer(ref: string, { assumption, licenses, counted }: Assessment, lineage: ReadonlyMap<string, LineageVersion>): (useCase: UseCaseRecord) => Explained {
  const root = lineage.get(ref);
  if (root === undefined || assumption === null) return () => ({ newReasons: [], goneReasons: [] });
  const find = (wanted: string) => lineage.get(wanted);
  const findAssumed = (wanted: string) => {
    const version = lineage.get(wanted);
    return version === undefined ? undefined : assumption.assumed(version);
  };
  const before = prepareDecision({ root, find, licenses, counted });
  const after = prepareDecision({ root: assumption.assumed(root), find: findAssumed, licenses: assumption.licenses, counted });
  return ({ facts }) => {
    const [was, becomes] = [before(facts).reasons, after(facts).reasons];
    const word = ({ code, license, clause, version }: (typeof was)[number]) => `${code} ${license ?? ''} ${clause ?? ''} ${version}`;
    const [known, left] = [new Set(was.map(word)), new Set(becomes.map(word))];
    return { newReasons: becomes.filter((reason) => !known.has(word(reason))), goneReasons: [...new Set(was.filter((reason) => !left.has(word(reason))).map(({ code }) => code))] };
  };
}
