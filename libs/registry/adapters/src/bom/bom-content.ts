import { createHash } from 'node:crypto';
import type { Architecture, LicenseBook, LineageRelation, Obligation, ReferenceScore, ReferenceTraining } from '@weighbridge/registry-domain';
import { canonicalJson } from '@weighbridge/shared-domain';

/** A version as a bill of materials shows it. */
export interface BomVersion {
  /** `name@version`. */
  readonly ref: string;
  readonly model: string;
  readonly version: string;
  readonly publisher: string;
  readonly description: string | null;
  /** Id or SPDX expression; null: not recognised. */
  readonly license: string | null;
  readonly licenseDeclared: string | null;
  readonly conflictingLicenses: readonly string[];
  /** `YYYY-MM-DD`. */
  readonly releasedOn: string | null;
  readonly architecture: Architecture | null;
  readonly artifacts: readonly { readonly fileName: string; readonly format: string; readonly bytes: number; readonly sha256: string; readonly quantization: string | null }[];
  readonly sources: readonly { readonly title: string; readonly url: string | null }[];
  readonly copyright: readonly string[];
  /** Base models may be ones that are not registered. */
  readonly baseModels: readonly { readonly ref: string; readonly relation: LineageRelation }[];
  /** SHA-256 of the registered content. */
  readonly digest: string;
  /** Published ones, with who measured them. */
  readonly scores: readonly ReferenceScore[];
  readonly training: ReferenceTraining | null;
}

export interface BomDeployment {
  readonly id: string;
  /** `name@version`. */
  readonly ref: string;
  readonly backend: { readonly kind: string; readonly baseUrl: string | null; readonly upstreamModel: string | null; readonly artifact: string | null };
  readonly hostedIn: string | null;
}

/** Everything that is in the document. */
export interface BomContent {
  readonly subject: { readonly kind: 'version'; readonly ref: string } | { readonly kind: 'project'; readonly id: string; readonly name: string };
  /** The versions asked about and everything registered that they were made from, each once, roots first. */
  readonly versions: readonly BomVersion[];
  readonly roots: readonly string[];
  readonly deployments: readonly BomDeployment[];
  /** By root: what any use could ask for. */
  readonly obligations: ReadonlyMap<string, readonly Obligation[]>;
  readonly licenses: LicenseBook;
  /** When the newest of its parts was registered. */
  readonly registeredAt: Date;
}

/** Base models that are named but not registered, each once. */
export function missingBases({ versions }: BomContent): string[] {
  const known = new Set(versions.map(({ ref }) => ref));
  return [...new Set(versions.flatMap(({ baseModels }) => baseModels.map(({ ref }) => ref)))].filter((ref) => !known.has(ref)).toSorted();
}

/** A UUID of version 8 (RFC 9562) out of the SHA-256 of a content: the same content has the same. */
export function contentUuid(content: unknown): string {
  const hex = createHash('sha256').update(canonicalJson(content)).digest('hex');
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** `a@1` as its two parts. */
export function splitRef(ref: string): { readonly name: string; readonly version: string } {
  const at = ref.indexOf('@');
  return { name: ref.slice(0, at), version: ref.slice(at + 1) };
}
