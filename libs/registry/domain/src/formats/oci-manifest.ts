import { z } from 'zod';
import { PublicationError } from './publication-error.ts';

/** What a layer of a model's manifest holds. */
export type LayerRole = 'weights' | 'adapter' | 'projector' | 'license' | 'template' | 'params' | 'system' | 'config' | 'doc' | 'code' | 'dataset' | 'other';

export interface ManifestLayer {
  readonly role: LayerRole;
  readonly mediaType: string;
  /** SHA-256, 64 hex digits. */
  readonly sha256: string;
  readonly bytes: number;
  /** Name of the file that it holds, where an annotation says so; relative, never climbing out. */
  readonly fileName: string | null;
  /** True: the layer is the file itself, not an archive around it. */
  readonly raw: boolean;
}

export interface ModelManifest {
  readonly flavor: 'ollama' | 'modelpack' | 'kitops' | 'docker-model' | 'oci';
  readonly config: ManifestLayer;
  readonly layers: readonly ManifestLayer[];
  readonly annotations: Readonly<Record<string, string>>;
}

const maxLayers = 10_000;
const Descriptor = z.looseObject({
  mediaType: z.string().min(1).max(300),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/, 'must be a SHA-256 digest'),
  size: z.int().min(0),
  annotations: z.record(z.string().max(300), z.string().max(100_000)).nullish(),
});
const Manifest = z.looseObject({
  schemaVersion: z.literal(2),
  mediaType: z.string().max(300).nullish(),
  artifactType: z.string().max(300).nullish(),
  config: Descriptor,
  layers: z.array(Descriptor).max(maxLayers),
  annotations: z.record(z.string().max(300), z.string().max(100_000)).nullish(),
});

/** Whether parsed JSON is the manifest of an image or artifact at all: OCI's and Docker's second schema. */
export const looksLikeManifest = (json: unknown): boolean => z.looseObject({ schemaVersion: z.literal(2), layers: z.array(z.unknown()), config: z.unknown() }).safeParse(json).success;

/**
 * Reads the manifest of a model in a container registry: OCI image manifest 1.1 with the layers of ModelPack (CNCF model-spec 0.0.7), of KitOps,
 * of Docker's models, or of Ollama. Throws {@link PublicationError} for anything else.
 */
export function readManifest(json: unknown): ModelManifest {
  const parsed = Manifest.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PublicationError(`this is no manifest of a model: ${issue === undefined ? 'it cannot be read' : `${issue.path.join('.')}: ${issue.message}`}`);
  }
  const { artifactType, config, layers, annotations } = parsed.data;
  const types = [artifactType ?? '', config.mediaType, ...layers.map(({ mediaType }) => mediaType)];
  const flavor = types.some((type) => type.startsWith('application/vnd.ollama.'))
    ? 'ollama'
    : types.some((type) => type.startsWith('application/vnd.kitops.'))
      ? 'kitops'
      : types.some((type) => type.startsWith('application/vnd.cncf.model.'))
        ? 'modelpack'
        : types.some((type) => type.startsWith('application/vnd.docker.ai.'))
          ? 'docker-model'
          : 'oci';
  return { flavor, config: layerOf(config), layers: layers.map(layerOf), annotations: annotations ?? {} };
}

function layerOf({ mediaType, digest, size, annotations }: z.output<typeof Descriptor>): ManifestLayer {
  const named = annotations?.['org.cncf.model.filepath'] ?? annotations?.['org.opencontainers.image.title'] ?? null;
  return {
    role: roleOf(mediaType),
    mediaType,
    sha256: digest.slice('sha256:'.length),
    bytes: size,
    fileName: named !== null && isInside(named) ? named : null,
    raw: !/tar|gzip|zstd/.test(mediaType),
  };
}

const isInside = (name: string): boolean => name.length > 0 && name.length <= 400 && !/^[/\\]|\\|\0/.test(name) && !name.split('/').some((part) => part === '..' || part === '.' || part === '');

const ollamaRoles: Readonly<Record<string, LayerRole>> = { model: 'weights', tensor: 'weights', adapter: 'adapter', projector: 'projector', license: 'license', template: 'template', prompt: 'template', params: 'params', system: 'system', config: 'config' };
const modelPackRoles: Readonly<Record<string, LayerRole>> = { weight: 'weights', 'weight.config': 'config', config: 'config', doc: 'doc', code: 'code', dataset: 'dataset' };
const kitRoles: Readonly<Record<string, LayerRole>> = { model: 'weights', modelpart: 'weights', config: 'config', docs: 'doc', code: 'code', dataset: 'dataset' };

function roleOf(mediaType: string): LayerRole {
  const of = (pattern: RegExp, roles: Readonly<Record<string, LayerRole>>): LayerRole | undefined => {
    const kind = pattern.exec(mediaType)?.[1];
    return kind !== undefined && Object.hasOwn(roles, kind) ? roles[kind] : undefined;
  };
  return (
    of(/^application\/vnd\.ollama\.image\.([a-z]+)/, ollamaRoles) ??
    of(/^application\/vnd\.cncf\.model\.([a-z.]+?)\.v\d/, modelPackRoles) ??
    of(/^application\/vnd\.kitops\.modelkit\.([a-z]+)\.v\d/, kitRoles) ??
    (mediaType.startsWith('application/vnd.docker.ai.gguf') ? 'weights' : mediaType.startsWith('application/vnd.docker.ai.license') ? 'license' : 'other')
  );
}

export interface ModelConfigFacts {
  readonly name: string | null;
  readonly version: string | null;
  readonly publisher: string | null;
  /** SPDX expressions or names, as they stand there. */
  readonly licenses: readonly string[];
  readonly architecture: string | null;
  /** `405.0B` and its like, as a number; published, not counted. */
  readonly parameters: number | null;
  readonly quantization: string | null;
  readonly sourceUrl: string | null;
  /** Where each of the fields above stands. */
  readonly readFrom: Readonly<Record<'name' | 'version' | 'publisher' | 'licenses' | 'architecture' | 'parameters' | 'quantization', string>>;
}

const text = z.string().trim().min(1).max(1_000).nullish().catch(null);
const many = z.union([z.string().trim().min(1).max(1_000).transform((one) => [one]), z.array(z.string().max(1_000)).max(50)]).nullish().catch(null);
const ModelPackConfig = z.looseObject({
  descriptor: z.looseObject({ name: text, version: text, vendor: text, licenses: many, sourceURL: text }).nullish().catch(null),
  config: z.looseObject({ architecture: text, paramSize: text, quantization: text }).nullish().catch(null),
});
const Kitfile = z.looseObject({
  package: z.looseObject({ name: text, version: text, license: text, authors: z.array(z.string().max(200)).max(50).nullish().catch(null) }).nullish().catch(null),
  model: z.looseObject({ name: text, version: text, license: text, framework: text, path: text }).nullish().catch(null),
});
const OllamaConfig = z.looseObject({ model_family: text, model_type: text, file_type: text, model_format: text });

/** What the config object of a manifest says. Never throws: what cannot be read is null. */
export function modelConfigFacts(flavor: ModelManifest['flavor'], json: unknown): ModelConfigFacts {
  const none = { name: null, version: null, publisher: null, licenses: [], architecture: null, parameters: null, quantization: null, sourceUrl: null } as const;
  if (flavor === 'kitops') {
    const kit = Kitfile.safeParse(json).data;
    return {
      ...none,
      name: kit?.model?.name ?? kit?.package?.name ?? null,
      version: kit?.model?.version ?? kit?.package?.version ?? null,
      publisher: kit?.package?.authors?.[0] ?? null,
      // The package's licence is that of everything in it; the model's own comes first.
      licenses: [...new Set([kit?.model?.license, kit?.package?.license].filter((license) => license !== null && license !== undefined))],
      readFrom: { name: 'model.name', version: 'model.version', publisher: 'package.authors', licenses: kit?.model?.license ? 'model.license' : 'package.license', architecture: 'model', parameters: 'model', quantization: 'model' },
    };
  }
  if (flavor === 'ollama') {
    const ollama = OllamaConfig.safeParse(json).data;
    return {
      ...none,
      architecture: ollama?.model_family ?? null,
      parameters: parameterSize(ollama?.model_type ?? null),
      quantization: ollama?.file_type ?? null,
      readFrom: { name: 'model_family', version: 'model_family', publisher: 'model_family', licenses: 'model_family', architecture: 'model_family', parameters: 'model_type', quantization: 'file_type' },
    };
  }
  const pack = ModelPackConfig.safeParse(json).data;
  return {
    name: pack?.descriptor?.name ?? null,
    version: pack?.descriptor?.version ?? null,
    publisher: pack?.descriptor?.vendor ?? null,
    licenses: pack?.descriptor?.licenses ?? [],
    architecture: pack?.config?.architecture ?? null,
    parameters: parameterSize(pack?.config?.paramSize ?? null),
    quantization: pack?.config?.quantization ?? null,
    sourceUrl: pack?.descriptor?.sourceURL ?? null,
    readFrom: { name: 'descriptor.name', version: 'descriptor.version', publisher: 'descriptor.vendor', licenses: 'descriptor.licenses', architecture: 'config.architecture', parameters: 'config.paramSize', quantization: 'config.quantization' },
  };
}

const magnitudes: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** `671.0B`, `8b`, `244.29K` as a whole number; null when it is no such size. */
export function parameterSize(size: string | null): number | null {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*([KMBT])$/i.exec(size ?? '');
  const number = match === null ? null : Math.round(Number(match[1]) * (magnitudes[(match[2] ?? '').toUpperCase()] ?? 1));
  return number !== null && Number.isSafeInteger(number) && number > 0 ? number : null;
}
