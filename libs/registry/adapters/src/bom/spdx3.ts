import { whereOf } from '@weighbridge/registry-domain';
import { contentUuid, missingBases, splitRef } from './bom-content.ts';
import type { BomContent, BomVersion } from './bom-content.ts';
import { architectureFacts, scoreName } from './cyclonedx-model-card.ts';
import type { BomOptions } from './cyclonedx.ts';

type Node = Readonly<Record<string, unknown>>;

const creationInfo = '_:creationinfo';
/** Individuals of the SPDX 3.0.1 model, by their address. */
const noAssertionLicense = 'https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense';
const noAssertionElement = 'https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement';

/** Of lineage: `distilled` is trained on what another model said; the others descend from its weights. */
const relationshipOf = { finetune: 'descendantOf', adapter: 'descendantOf', quantized: 'descendantOf', merge: 'descendantOf', distilled: 'trainedOn' } as const;
const relationComments = { finetune: 'fine-tuned', adapter: 'an adapter', quantized: 'quantised', merge: 'merged', distilled: 'trained on its outputs' } as const;

/**
 * The SBOM of a content as SPDX 3.0.1 JSON-LD: every version an AI package with what is known of it, its licence declared and (for want of another
 * finding) concluded, its files with their digests. `ai` is among the profiles only where every package has all that this profile demands.
 */
export function spdx3Bom(content: BomContent, { at }: BomOptions = {}): Node {
  const ids = createIds(content);
  const agents = agentsOf(content, ids);
  const packages = content.versions.map((version) => packageOf(version, ids));
  const missing = missingBases(content).map((ref) => missingPackage(ref, ids));
  const project = content.subject.kind === 'project' ? [projectPackage(content.subject, ids)] : [];
  const relationships = [
    ...content.versions.flatMap((version) => lineageOf(version, ids)),
    ...content.versions.flatMap((version) => licensingOf(version, ids)),
    ...content.versions.flatMap((version) => distributionOf(version, ids)),
    ...missing.flatMap((node) => [ids.relationship('hasDeclaredLicense', node['spdxId'] as string, [noAssertionLicense]), ids.relationship('hasConcludedLicense', node['spdxId'] as string, [noAssertionLicense])]),
    ...(project.length === 0 || content.roots.length === 0 ? [] : [ids.relationship('dependsOn', ids.of('project'), content.roots.map((ref) => ids.model(ref)))]),
  ];
  const elements = [...agents, ...project, ...packages, ...missing, ...filesOf(content, ids), ...licensesOf(content, ids), ...relationships];
  const profiles = ['core', 'software', 'simpleLicensing', ...(missing.length === 0 && content.versions.every(isComplete) ? ['ai'] : [])];
  const roots = project.length > 0 ? [ids.of('project')] : content.roots.map((ref) => ids.model(ref));
  const sbom = { type: 'software_Sbom', spdxId: ids.of('sbom'), creationInfo, profileConformance: profiles, software_sbomType: ['analyzed'], rootElement: roots, element: elements.map((element) => element['spdxId']) };
  const document = {
    type: 'SpdxDocument',
    spdxId: ids.of('document'),
    creationInfo,
    name: content.subject.kind === 'project' ? content.subject.name : content.subject.ref,
    dataLicense: ids.license('CC0-1.0'),
    profileConformance: profiles,
    rootElement: [sbom.spdxId],
    element: [sbom.spdxId, ...sbom.element],
  };
  const creation = { type: 'CreationInfo', '@id': creationInfo, specVersion: '3.0.1', created: instant(at ?? content.registeredAt), createdBy: [ids.of('agent/weighbridge')], createdUsing: [ids.of('tool/weighbridge')] };
  return { '@context': 'https://spdx.org/rdf/3.0.1/spdx-context.jsonld', '@graph': [creation, document, sbom, ...elements] };
}

/** Whole seconds: SPDX's DateTime has no fractions. */
const instant = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

interface Ids {
  readonly of: (path: string) => string;
  readonly model: (ref: string) => string;
  readonly file: (ref: string, fileName: string) => string;
  readonly license: (expression: string) => string;
  readonly relationship: (relationshipType: string, from: string, to: readonly string[], comment?: string) => Node;
}

/** Addresses inside a namespace that is the content's own, so that two documents share one only where they say the same. */
function createIds({ subject, versions, roots, deployments }: BomContent): Ids {
  const namespace = `urn:uuid:${contentUuid({ subject, versions, roots, deployments })}`;
  const of = (path: string) => `${namespace}#${path.split('/').map(encodeURIComponent).join('/')}`;
  return {
    of,
    model: (ref) => of(`model/${ref}`),
    file: (ref, fileName) => of(`file/${ref}/${fileName}`),
    license: (expression) => of(`license/${expression}`),
    relationship: (relationshipType, from, to, comment) => ({
      type: 'Relationship',
      spdxId: of(`relationship/${relationshipType}/${contentUuid({ from, to, comment: comment ?? null })}`),
      creationInfo,
      relationshipType,
      from,
      to,
      ...(comment === undefined ? {} : { comment }),
    }),
  };
}

function agentsOf({ versions }: BomContent, ids: Ids): Node[] {
  const publishers = [...new Set(versions.map(({ publisher }) => publisher))].toSorted();
  return [
    { type: 'SoftwareAgent', spdxId: ids.of('agent/weighbridge'), creationInfo, name: 'Weighbridge' },
    { type: 'Tool', spdxId: ids.of('tool/weighbridge'), creationInfo, name: 'Weighbridge' },
    ...publishers.map((publisher) => ({ type: 'Organization', spdxId: ids.of(`publisher/${publisher}`), creationInfo, name: publisher })),
  ];
}

const downloadOf = ({ sources }: BomVersion): string | null => sources.find(({ url }) => url !== null)?.url ?? null;

/** What the AI profile demands of a package beside what every version has. */
const isComplete = (version: BomVersion): boolean => version.releasedOn !== null && downloadOf(version) !== null;

const families = { dense: 'dense transformer', moe: 'mixture-of-experts transformer', mla: 'transformer with multi-head latent attention' } as const;

function packageOf(version: BomVersion, ids: Ids): Node {
  const { architecture, scores, training, releasedOn, description, copyright, conflictingLicenses } = version;
  const download = downloadOf(version);
  const types = architecture === null ? [] : [architecture.modelType, architecture.family === null ? null : families[architecture.family]].filter((type) => type !== null);
  return {
    type: 'ai_AIPackage',
    spdxId: ids.model(version.ref),
    creationInfo,
    name: version.model,
    ...(description === null ? {} : { description }),
    ...(conflictingLicenses.length === 0 ? {} : { comment: `Also published under ${conflictingLicenses.join(', ')}: which licence was granted is not settled.` }),
    software_packageVersion: version.version,
    software_primaryPurpose: 'model',
    suppliedBy: ids.of(`publisher/${version.publisher}`),
    ...(download === null ? {} : { software_downloadLocation: download }),
    ...(releasedOn === null ? {} : { releaseTime: `${releasedOn}T00:00:00Z` }),
    ...(copyright.length === 0 ? {} : { software_copyrightText: copyright.join('\n') }),
    ...(version.sources.length === 0 ? {} : { software_sourceInfo: version.sources.map(({ title, url }) => (url === null ? title : `${title}: ${url}`)).join('\n') }),
    ...(types.length === 0 ? {} : { ai_typeOfModel: types }),
    ...(architecture === null ? {} : entries('ai_hyperparameter', architectureFacts(architecture))),
    ...entries('ai_metric', scores.map((score) => [`${scoreName(score)}; ${score.checkpoint}; measured by ${score.evaluator}`, String(score.value)] as const)),
    ...(training === null ? {} : { ai_informationAboutTraining: trainingSentence(training) }),
  };
}

const entries = (name: string, facts: readonly (readonly [string, string])[]): Node => (facts.length === 0 ? {} : { [name]: facts.map(([key, value]) => ({ type: 'DictionaryEntry', key, value })) });

function trainingSentence({ tokens, hardware, devices, gpuHours, costUsd, source }: NonNullable<BomVersion['training']>): string {
  const facts = [
    tokens === null ? null : `${tokens.toLocaleString('en-US')} tokens`,
    hardware === null ? null : `${devices === null ? '' : `${devices} x `}${hardware}`,
    gpuHours === null ? null : `${gpuHours.toLocaleString('en-US')} device hours`,
    costUsd === null ? null : `${costUsd} USD`,
  ].filter((fact) => fact !== null);
  return `${facts.length === 0 ? 'Nothing of its size is published' : facts.join(', ')} (${source.title}).`;
}

const missingPackage = (ref: string, ids: Ids): Node => {
  const { name, version } = splitRef(ref);
  return { type: 'ai_AIPackage', spdxId: ids.model(ref), creationInfo, name, software_packageVersion: version, software_primaryPurpose: 'model', suppliedBy: noAssertionElement, comment: 'Named as a base model, but not registered: nothing more is known of it.' };
};

const projectPackage = ({ id, name }: { readonly id: string; readonly name: string }, ids: Ids): Node => ({ type: 'software_Package', spdxId: ids.of('project'), creationInfo, name, software_primaryPurpose: 'application', comment: `Project ${id}` });

const filesOf = ({ versions }: BomContent, ids: Ids): Node[] =>
  versions.flatMap(({ ref, artifacts }) =>
    artifacts.map(({ fileName, sha256, quantization, format, bytes }) => ({
      type: 'software_File',
      spdxId: ids.file(ref, fileName),
      creationInfo,
      name: fileName,
      comment: `${format}, ${bytes} bytes${quantization === null ? '' : `, ${quantization}`}`,
      software_primaryPurpose: 'model',
      verifiedUsing: [{ type: 'Hash', algorithm: 'sha256', hashValue: sha256 }],
    })),
  );

function licensesOf({ versions, licenses }: BomContent, ids: Ids): Node[] {
  const expressions = [...new Set(['CC0-1.0', ...versions.flatMap(({ license }) => (license === null ? [] : [license]))])].toSorted();
  return expressions.map((expression) => {
    const entry = licenses.get(expression);
    return {
      type: 'simplelicensing_LicenseExpression',
      spdxId: ids.license(expression),
      creationInfo,
      simplelicensing_licenseExpression: expression,
      ...(entry === undefined || !expression.startsWith('LicenseRef-') ? {} : { name: entry.name, comment: `${entry.title}; ${whereOf(expression, entry)}` }),
    };
  });
}

/** What the publisher declared is what this registry concluded from it; without a finding, neither is asserted. */
function licensingOf({ ref, license, licenseDeclared }: BomVersion, ids: Ids): Node[] {
  const to = [license === null ? noAssertionLicense : ids.license(license)];
  const comment = license === null && licenseDeclared !== null ? `Declared in words that were not recognised: ${licenseDeclared.replaceAll(/\s+/g, ' ').trim().slice(0, 200)}` : undefined;
  return [ids.relationship('hasDeclaredLicense', ids.model(ref), to, comment), ids.relationship('hasConcludedLicense', ids.model(ref), to, comment)];
}

const lineageOf = ({ ref, baseModels }: BomVersion, ids: Ids): Node[] => baseModels.map((base) => ids.relationship(relationshipOf[base.relation], ids.model(ref), [ids.model(base.ref)], relationComments[base.relation]));

const distributionOf = ({ ref, artifacts }: BomVersion, ids: Ids): Node[] => (artifacts.length === 0 ? [] : [ids.relationship('hasDistributionArtifact', ids.model(ref), artifacts.map(({ fileName }) => ids.file(ref, fileName)))]);
