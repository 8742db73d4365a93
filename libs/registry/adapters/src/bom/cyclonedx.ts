import { contentUuid, missingBases, splitRef } from './bom-content.ts';
import type { BomContent, BomDeployment, BomVersion } from './bom-content.ts';
import { Enums, Models, Serialize, Spec } from './cyclonedx-library.ts';
import { licensesOf, property } from './cyclonedx-licenses.ts';
import { cycloneDxModelCard } from './cyclonedx-model-card.ts';

export interface BomOptions {
  /** When the document says it was made; absent: CycloneDX says nothing of it, SPDX when the newest part was registered. */
  readonly at?: Date | undefined;
}

interface SerialisedComponent {
  'bom-ref'?: string;
  pedigree?: unknown;
  modelCard?: unknown;
  components?: SerialisedComponent[];
}

interface SerialisedBom {
  serialNumber?: string;
  metadata?: { timestamp?: string; component?: SerialisedComponent };
  components?: SerialisedComponent[];
  services?: { 'bom-ref'?: string; endpoints?: string[]; 'x-trust-boundary'?: boolean }[];
}

/**
 * The ML-BOM of a content, as CycloneDX 1.7 JSON. The library's models know neither pedigrees, model cards nor endpoints: these are put into its
 * serialised output. The serial number is of the content alone, so the same content is the same document, and another content another.
 */
export function cycloneDxBom(content: BomContent, { at }: BomOptions = {}): Readonly<Record<string, unknown>> {
  const serializer = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot7));
  const bom = JSON.parse(serializer.serialize(modelOf(content), { sortLists: true })) as SerialisedBom;
  complete(bom, content);
  bom.serialNumber = `urn:uuid:${contentUuid({ ...bom, serialNumber: null })}`;
  if (at !== undefined) bom.metadata = { timestamp: at.toISOString(), ...bom.metadata };
  return bom as Readonly<Record<string, unknown>>;
}

function modelOf(content: BomContent): Models.Bom {
  const components = new Map<string, Models.Component>();
  for (const version of content.versions) components.set(version.ref, componentOf(version, content));
  for (const ref of missingBases(content)) components.set(ref, missingComponent(ref));
  for (const { ref, baseModels } of content.versions) for (const base of baseModels) link(components.get(ref), components.get(base.ref));

  const { subject } = content;
  const main = subject.kind === 'version' ? components.get(subject.ref) : new Models.Component(Enums.ComponentType.Application, subject.name, { bomRef: `project:${subject.id}`, properties: new Models.PropertyRepository([property('project-id', subject.id)]) });
  const services = content.deployments.map((deployment) => serviceOf(deployment, components.get(deployment.ref)));
  if (subject.kind === 'project' && main !== undefined) {
    for (const root of content.roots) link(main, components.get(root));
    for (const service of services) main.dependencies.add(service.bomRef);
  }
  const others = [...components.values()].filter((component) => component !== main);
  return new Models.Bom({
    metadata: new Models.Metadata({
      ...(main === undefined ? {} : { component: main }),
      tools: new Models.Tools({ components: new Models.ComponentRepository([new Models.Component(Enums.ComponentType.Application, 'weighbridge')]) }),
    }),
    components: new Models.ComponentRepository(others),
    services: new Models.ServiceRepository(services),
  });
}

function link(from: Models.Component | undefined, to: Models.Component | undefined): void {
  if (from !== undefined && to !== undefined && from !== to) from.dependencies.add(to.bomRef);
}

function componentOf(version: BomVersion, content: BomContent): Models.Component {
  const obligations = content.obligations.get(version.ref) ?? [];
  return new Models.Component(Enums.ComponentType.MachineLearningModel, version.model, {
    bomRef: version.ref,
    version: version.version,
    publisher: version.publisher,
    supplier: new Models.OrganizationalEntity({ name: version.publisher }),
    ...(version.description === null ? {} : { description: version.description }),
    ...(version.copyright.length === 0 ? {} : { copyright: version.copyright.join('\n') }),
    licenses: new Models.LicenseRepository(licensesOf(version, content.licenses)),
    externalReferences: new Models.ExternalReferenceRepository(
      version.sources.flatMap(({ title, url }) => (url === null ? [] : [new Models.ExternalReference(url, Enums.ExternalReferenceType.Website, { comment: title })])),
    ),
    components: new Models.ComponentRepository(version.artifacts.map((artifact) => artifactOf(version.ref, artifact))),
    properties: new Models.PropertyRepository([
      property('content-sha256', version.digest),
      ...(version.releasedOn === null ? [] : [property('released-on', version.releasedOn)]),
      ...(version.license === null ? [property('license-status', 'not recognised')] : []),
      ...version.conflictingLicenses.map((license) => property('license-conflict', license)),
      ...version.sources.flatMap(({ title, url }) => (url === null ? [property('source', title)] : [])),
      ...obligations.map(({ code, license, clause, version: from, text, conditional }) => property(`obligation:${code}`, `${license} ${clause} (${from})${conditional ? ', if it applies' : ''}: ${text}`)),
    ]),
  });
}

const artifactOf = (ref: string, { fileName, format, bytes, sha256, quantization }: BomVersion['artifacts'][number]): Models.Component =>
  new Models.Component(Enums.ComponentType.File, fileName, {
    bomRef: `${ref}#${fileName}`,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-256'], sha256]]),
    properties: new Models.PropertyRepository([property('bytes', String(bytes)), property('format', format), ...(quantization === null ? [] : [property('quantization', quantization)])]),
  });

function missingComponent(ref: string): Models.Component {
  const { name, version } = splitRef(ref);
  return new Models.Component(Enums.ComponentType.MachineLearningModel, name, { bomRef: ref, version, properties: new Models.PropertyRepository([property('registered', 'false'), property('license-status', 'not known')]) });
}

function serviceOf({ id, ref, backend, hostedIn }: BomDeployment, component: Models.Component | undefined): Models.Service {
  const service = new Models.Service(backend.upstreamModel ?? backend.artifact ?? ref, {
    bomRef: `deployment:${id}`,
    version: splitRef(ref).version,
    description: `${ref} by a backend of the kind ${backend.kind}`,
    properties: new Models.PropertyRepository([property('deployment-id', id), property('backend', backend.kind), ...(hostedIn === null ? [] : [property('hosted-in', hostedIn)])]),
  });
  if (component !== undefined) service.dependencies.add(component.bomRef);
  return service;
}

/** Puts in what the library has no model for. */
function complete(bom: SerialisedBom, content: BomContent): void {
  const versions = new Map(content.versions.map((version) => [version.ref, version]));
  for (const component of [...(bom.components ?? []), ...(bom.metadata?.component === undefined ? [] : [bom.metadata.component])]) {
    const version = versions.get(component['bom-ref'] ?? '');
    if (version === undefined) continue;
    if (version.baseModels.length > 0) component.pedigree = pedigreeOf(version);
    const card = cycloneDxModelCard(version);
    if (card !== null) component.modelCard = card;
  }
  const endpoints = new Map(content.deployments.map(({ id, backend }) => [`deployment:${id}`, backend.baseUrl]));
  for (const service of bom.services ?? []) {
    const url = endpoints.get(service['bom-ref'] ?? '') ?? null;
    if (url === null) continue;
    service.endpoints = [url];
    service['x-trust-boundary'] = true;
  }
}

const relationPhrases = { finetune: 'fine-tuned from', adapter: 'an adapter of', quantized: 'quantised from', merge: 'merged from', distilled: 'trained on outputs of' } as const;

const pedigreeOf = ({ baseModels }: BomVersion) => ({
  ancestors: baseModels.map(({ ref }) => ({ type: 'machine-learning-model', ...splitRef(ref) })),
  notes: baseModels.map(({ ref, relation }) => `${relationPhrases[relation]} ${ref}`).join('; '),
});
