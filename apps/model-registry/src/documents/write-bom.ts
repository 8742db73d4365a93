import { setImmediate } from 'node:timers/promises';
import { cycloneDxBom, spdx3Bom, validCycloneDx } from '@weighbridge/registry-adapters/bom';
import type { BomContent, BomDeployment, BomVersion } from '@weighbridge/registry-adapters/bom';
import type { BomFormat } from '@weighbridge/registry-contracts';
import type { DeploymentRecord, DescribedVersion } from '@weighbridge/registry-data';
import { lineageClosure, notice, referenceCatalogue } from '@weighbridge/registry-domain';
import type { NoticeVersion, Obligation } from '@weighbridge/registry-domain';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import type { RegistryDeps } from '../deps.ts';
import { copyrightOf, noticeVersionOf } from './gather-parts.ts';
import type { DocumentParts } from './gather-parts.ts';
import { findSubject } from './subject.ts';
import type { DocumentSubject, FoundSubject } from './subject.ts';

interface BomRequest {
  readonly caller: Caller;
  readonly subject: DocumentSubject;
  readonly format: BomFormat;
  readonly at: string | undefined;
}

export async function writeBom(deps: Pick<RegistryDeps, 'registry' | 'licenses' | 'policies' | 'counted' | 'now'>, { caller, subject, format, at }: BomRequest): Promise<string> {
  const content = await contentOf(await findSubject(deps, caller, subject));
  const options = at === undefined ? {} : { at: new Date(at) };
  return format === 'cyclonedx' ? validCycloneDx(cycloneDxBom(content, options)) : `${JSON.stringify(spdx3Bom(content, options), null, 2)}\n`;
}

async function contentOf({ subject, parts }: FoundSubject): Promise<BomContent> {
  const versions = inOrder(parts).flatMap((ref) => parts.versions.get(ref) ?? []);
  const find = (ref: string): NoticeVersion | undefined => noticeVersionOf(parts, ref);
  const obligationsOf = (ref: string): readonly Obligation[] => {
    const root = find(ref);
    return root === undefined ? [] : notice({ roots: [root], find, licenses: parts.licenses }).obligations;
  };
  const obligations = new Map<string, readonly Obligation[]>();
  for (const ref of parts.roots) {
    obligations.set(ref, obligationsOf(ref));
    // Others get their turn.
    await setImmediate();
  }
  return {
    subject,
    roots: parts.roots,
    versions: versions.map(bomVersionOf),
    deployments: parts.deployments.map(bomDeploymentOf),
    obligations,
    licenses: parts.licenses,
    registeredAt: new Date(Math.max(0, ...[...versions, ...parts.deployments].map(({ createdAt }) => createdAt.getTime()))),
  };
}

/** Roots first, then what they were made from, nearest first. */
function inOrder({ roots, lineage }: DocumentParts): string[] {
  const refs = roots.flatMap((ref) => {
    const root = lineage.get(ref);
    return root === undefined ? [] : lineageClosure(root, (wanted) => lineage.get(wanted)).versions.map((version) => version.ref);
  });
  return [...new Set([...roots, ...refs])];
}

function bomVersionOf(record: DescribedVersion): BomVersion {
  const { model, version, publisher, baseModels } = record;
  const published = referenceCatalogue.find((entry) => entry.model === model && entry.publisher === publisher)?.versions.find((entry) => entry.version === version);
  return {
    ...record,
    ref: `${model}@${version}`,
    copyright: copyrightOf(record),
    baseModels: baseModels.map((base) => ({ ref: `${base.model}@${base.version}`, relation: base.relation })),
    scores: published?.scores ?? [],
    training: published?.training ?? null,
  };
}

const bomDeploymentOf = ({ id, model, version, backend, hostedIn }: DeploymentRecord): BomDeployment => ({
  id,
  ref: `${model}@${version}`,
  backend: backend.kind === 'llama-cpp' ? { kind: backend.kind, baseUrl: null, upstreamModel: null, artifact: backend.artifact } : { kind: backend.kind, baseUrl: backend.baseUrl, upstreamModel: backend.upstreamModel, artifact: null },
  hostedIn,
});

/** By the endings that tools look for. */
export const bomFileName = (of: string, format: BomFormat): string => `${of}.${{ cyclonedx: 'cdx', spdx3: 'spdx3' }[format]}.json`;
