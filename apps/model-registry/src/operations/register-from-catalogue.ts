import type { Repositories, VersionRecord } from '@weighbridge/registry-data';
import { referenceCatalogue } from '@weighbridge/registry-domain';
import type { ReferenceModel, ReferenceVersion } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { AppError } from '@weighbridge/shared-domain';
import { changeRegistry } from '../change-registry.ts';
import type { ChangeDeps, WriteAudit } from '../change-registry.ts';
import { requireMayChange } from '../refusals.ts';
import { addVersion, vouch } from './add-version.ts';
import type { DeclaredVersion, Voucher } from './add-version.ts';
import { identifyLicense } from './identify-license.ts';

const byName = new Map(referenceCatalogue.map((entry) => [entry.model, entry]));

/**
 * Models of the reference catalogue with everything they were made from: all of it or nothing. What is registered already, also with other content,
 * stays as it is. They are the organisation's: a project may bring them in, but adds versions to a model that was there only if it owns it.
 */
export async function registerFromCatalogue(deps: ChangeDeps, { caller, models }: { readonly caller: Caller; readonly models: readonly string[] }): Promise<{ registered: string[]; existing: string[] }> {
  refuseUnknown(models);
  const wanted = withBaseModels(models);
  return changeRegistry(deps, caller, async (change, audit) => {
    const registered: string[] = [];
    const existing: string[] = [];
    // The catalogue has base models before what was made from them.
    for (const entry of referenceCatalogue) {
      if (!wanted.has(entry.model)) continue;
      const isNew = await ensureModel(change, audit, deps.now(), entry);
      // Under a model that somebody registered with another publisher, the catalogue's word is about another one.
      const publisher = (await change.models.findModel(entry.model))?.publisher;
      const voucher = publisher === entry.publisher ? { reason: 'as in the reference catalogue', keyId: caller.keyId } : null;
      const known = await change.versions.findRegistered(entry.versions.map(({ version }) => ({ model: entry.model, version })));
      for (const version of entry.versions) {
        const ref = `${entry.model}@${version.version}`;
        const declared = declaredOf(entry, version);
        if (known.has(ref)) {
          await vouchFor(change, audit, deps.now(), declared, voucher);
          existing.push(ref);
        } else {
          if (!isNew) await requireMayChange(change, caller, entry.model);
          await addVersion(change, audit, deps.now(), declared, { voucher });
          registered.push(ref);
        }
      }
    }
    return { registered, existing };
  });
}

function refuseUnknown(models: readonly string[]): void {
  const faults = models.flatMap((model, index) => (byName.has(model) ? [] : [{ pointer: `/body/models/${index}`, message: `"${model}" is not in the reference catalogue` }]));
  if (faults.length > 0) throw new AppError('request.invalid', 'unknown models of the catalogue', { faults, detail: `Not in the reference catalogue: ${faults.map((fault) => models[Number(fault.pointer.split('/').at(-1))]).join(', ')}. GET /v1/reference-catalogue lists what is.` });
}

function withBaseModels(models: readonly string[]): ReadonlySet<string> {
  const wanted = new Set(models);
  for (const model of wanted) for (const { baseModels } of byName.get(model)?.versions ?? []) for (const base of baseModels) wanted.add(base.model);
  return wanted;
}

/** What is registered already has the publisher of the catalogue if it claims what the catalogue says, and no files of somebody's own: licence and lineage, under the same name and publisher. */
async function vouchFor(change: Repositories, audit: WriteAudit, now: Date, declared: DeclaredVersion, voucher: Voucher | null): Promise<void> {
  const version = voucher === null ? null : await change.versions.findVersion(declared.model, declared.version);
  if (version === null || voucher === null || version.publisherVerified || !claimsTheSame(version, declared)) return;
  await vouch(change, audit, now, version, voucher);
}

const claimsTheSame = ({ license, baseModels, artifacts }: VersionRecord, declared: DeclaredVersion): boolean =>
  license !== null && license === identifyLicense(declared).id && artifacts.length === 0 && lineageOf(baseModels) === lineageOf(declared.baseModels);

const lineageOf = (baseModels: VersionRecord['baseModels']): string =>
  baseModels
    .map(({ relation, model, version }) => `${relation} ${model}@${version}`)
    .toSorted()
    .join('\n');

/** At start: what was registered from the catalogue before publishers were vouched for, or by hand as it says, has its publisher. */
export async function vouchForCatalogue(deps: ChangeDeps): Promise<void> {
  const known = await deps.registry.versions.findRegistered(referenceCatalogue.flatMap(({ model, versions }) => versions.map(({ version }) => ({ model, version }))));
  if (known.size === 0) return;
  await changeRegistry(deps, { keyId: null, projectId: null }, async (change, audit) => {
    for (const entry of referenceCatalogue) {
      const versions = entry.versions.filter(({ version }) => known.has(`${entry.model}@${version}`));
      if (versions.length === 0 || (await change.models.findModel(entry.model))?.publisher !== entry.publisher) continue;
      for (const version of versions) await vouchFor(change, audit, deps.now(), declaredOf(entry, version), { reason: 'as in the reference catalogue', keyId: null });
    }
  });
}

async function ensureModel(change: Repositories, audit: WriteAudit, now: Date, { model, publisher, description }: ReferenceModel): Promise<boolean> {
  if ((await change.models.findModel(model)) !== null) return false;
  await change.models.addModel({ name: model, publisher, description, ownerId: null, createdAt: now });
  await audit({ action: 'model.registered', subject: model, details: { publisher, from: 'reference catalogue' } });
  return true;
}

const declaredOf = ({ model }: ReferenceModel, { version, license, releasedOn, baseModels, architecture, sources }: ReferenceVersion): DeclaredVersion => ({
  model,
  version,
  license,
  releasedOn,
  baseModels,
  multimodal: null,
  conflictingLicenses: [],
  architecture,
  artifacts: [],
  sources: sources.map(({ title, url, retrievedOn }) => ({ title, url, retrievedOn })),
  provenance: [{ field: 'version', readFrom: 'reference catalogue', value: `${model}@${version}` }],
});
