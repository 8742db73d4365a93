import type { NewVersion } from '@weighbridge/registry-contracts';
import type { Repositories, VersionRecord } from '@weighbridge/registry-data';
import { licenseFinding } from '@weighbridge/registry-domain';
import { newId } from '@weighbridge/shared-adapters/ids';
import { sha256Hex } from '@weighbridge/shared-adapters/secrets';
import { AppError, canonicalJson } from '@weighbridge/shared-domain';
import type { KeyId } from '@weighbridge/shared-domain';
import type { z } from 'zod';
import type { WriteAudit } from '../change-registry.ts';
import { readBook } from '../license-shelf.ts';
import { invalidField, requireModel } from '../refusals.ts';
import { identifyLicense } from './identify-license.ts';
import { refuseLineage } from './refuse-lineage.ts';

export type DeclaredVersion = z.output<typeof NewVersion> & { readonly model: string };

export interface AddedVersion {
  readonly version: VersionRecord;
  /** False: the same content was registered already. */
  readonly added: boolean;
}

/** Who answers for it that the publisher is who the model says: licences bind everybody but their licensor. */
export interface Voucher {
  readonly reason: string;
  readonly keyId: KeyId | null;
}

export interface AddVersionOptions {
  readonly voucher?: Voucher | null;
  /** What comparing the artifacts with the files of this installation gave. */
  readonly artifactChecks?: VersionRecord['artifactChecks'];
}

/**
 * Registers a version inside a change. The same content again is the same version; other content is `resource.conflict`, since versions never change.
 * A base model that is not registered is kept by name: decisions then say `review`, which leaving it out would hide.
 */
export async function addVersion(change: Repositories, audit: WriteAudit, now: Date, declared: DeclaredVersion, { voucher = null, artifactChecks = [] }: AddVersionOptions = {}): Promise<AddedVersion> {
  refuseRepetitions(declared);
  await requireModel(change, declared.model);
  const content = contentOf(declared);
  const digest = digestOf(content);
  const existing = await change.versions.findVersion(declared.model, declared.version);
  if (existing !== null) {
    if (existing.digest !== digest) throw conflictWith(existing, content);
    if (voucher === null || existing.publisherVerified) return { version: existing, added: false };
    await vouch(change, audit, now, existing, voucher);
    return { version: { ...existing, publisherVerified: true }, added: false };
  }
  const publisher = (await change.models.findModel(declared.model))?.publisher ?? '';
  await refuseLineage(change, declared);
  const { model, version, ...rest } = content;
  const { id: license, recognition } = identifyLicense(declared, await readBook(change));
  const finding = recognition === null ? null : licenseFinding(recognition);
  const record: VersionRecord = { ...rest, id: newId('version'), model, publisher, version, license, licenseFinding: finding, publisherVerified: voucher !== null, artifactChecks, digest, createdAt: now };
  await change.versions.addVersion(record);
  await audit({ action: 'version.registered', subject: `${model}@${version}`, details: { digest, license, ...(finding !== null && { licenseFinding: finding.explanation }), artifactsChecked: artifactChecks.filter(({ state }) => state === 'matched').length, artifactsAbsent: artifactChecks.filter(({ state }) => state === 'absent').length, baseModels: record.baseModels.map((base) => `${base.relation} ${base.model}@${base.version}`) } });
  if (voucher !== null) await vouch(change, audit, now, record, voucher);
  return { version: record, added: true };
}

/** Throws nothing for a version that is vouched for already: the first word stays. */
export async function vouch({ versions }: Repositories, audit: WriteAudit, now: Date, { id, model, version, publisher }: VersionRecord, { reason, keyId }: Voucher): Promise<void> {
  await versions.verifyPublisher({ versionId: id, reason, verifiedBy: keyId, createdAt: now });
  await audit({ action: 'publisher.verified', subject: `${model}@${version}`, details: { publisher } });
}

/** What was declared, and nothing that was concluded: the catalogue may learn to recognise a licence, and the same post stays the same version. */
const contentOf = ({ license, licenseText, ...declared }: DeclaredVersion) => ({
  model: declared.model,
  version: declared.version,
  licenseDeclared: license ?? licenseText ?? null,
  releasedOn: declared.releasedOn,
  baseModels: declared.baseModels,
  multimodal: declared.multimodal,
  conflictingLicenses: declared.conflictingLicenses,
  architecture: declared.architecture,
  artifacts: declared.artifacts,
  sources: declared.sources,
  provenance: declared.provenance,
});

/** Fields that came after the first registrations count only where they say something: what was registered before them keeps its digest. */
const digestOf = ({ multimodal, conflictingLicenses, ...content }: ReturnType<typeof contentOf>): string =>
  sha256Hex(canonicalJson({ ...content, ...(multimodal !== null && { multimodal }), ...(conflictingLicenses.length > 0 && { conflictingLicenses }) }));

function conflictWith(existing: VersionRecord, content: ReturnType<typeof contentOf>): AppError {
  const differing = (Object.keys(content) as (keyof typeof content)[]).filter((field) => canonicalJson(existing[field]) !== canonicalJson(content[field])).map((field) => (field === 'licenseDeclared' ? 'license' : field));
  const ref = `${content.model}@${content.version}`;
  return new AppError('resource.conflict', `${ref} exists with other content`, {
    detail: `${ref} is registered with another ${differing.join(', ')}. Versions never change: register this under a new version.`,
    extensions: { differing },
  });
}

function refuseRepetitions({ artifacts, baseModels, conflictingLicenses }: DeclaredVersion): void {
  const repeated = (keys: readonly string[]) => keys.findIndex((key, index) => keys.indexOf(key) !== index);
  const artifact = repeated(artifacts.map(({ fileName }) => fileName));
  if (artifact >= 0) throw invalidField(`/body/artifacts/${artifact}/fileName`, 'appears twice');
  const base = repeated(baseModels.map(({ model, version, relation }) => `${relation} ${model}@${version}`));
  if (base >= 0) throw invalidField(`/body/baseModels/${base}`, 'appears twice');
  const claim = repeated(conflictingLicenses);
  if (claim >= 0) throw invalidField(`/body/conflictingLicenses/${claim}`, 'appears twice');
}
