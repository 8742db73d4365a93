import { modelCard } from '@weighbridge/registry-domain';
import type { ReferenceScore } from '@weighbridge/registry-domain';
import type { BomVersion } from './bom-content.ts';

interface Property {
  readonly name: string;
  readonly value: string;
}

/** `modelCard` of CycloneDX 1.7, as far as it is filled here. */
export interface CycloneDxModelCard {
  readonly modelParameters?: { readonly architectureFamily?: string; readonly modelArchitecture?: string };
  readonly quantitativeAnalysis?: { readonly performanceMetrics: readonly { readonly type: string; readonly value: string; readonly slice?: string }[] };
  readonly properties?: readonly Property[];
}

const families = { dense: 'transformer, dense', moe: 'transformer, mixture of experts', mla: 'transformer, multi-head latent attention' } as const;

/** What the architecture says and what was published about the version; null where nothing is known, and nothing is guessed. */
export function cycloneDxModelCard({ architecture, scores, training }: BomVersion): CycloneDxModelCard | null {
  const properties = [...(architecture === null ? [] : architectureProperties(architecture)), ...(training === null ? [] : trainingProperties(training))];
  const parameters = {
    ...(architecture?.family === null || architecture === null ? {} : { architectureFamily: families[architecture.family] }),
    ...(architecture?.modelType === null || architecture === null ? {} : { modelArchitecture: architecture.modelType }),
  };
  const card: CycloneDxModelCard = {
    ...(Object.keys(parameters).length === 0 ? {} : { modelParameters: parameters }),
    ...(scores.length === 0 ? {} : { quantitativeAnalysis: { performanceMetrics: scores.map(metricOf) } }),
    ...(properties.length === 0 ? {} : { properties }),
  };
  return Object.keys(card).length === 0 ? null : card;
}

/** Facts of the architecture by name, in a fixed order: the hyper-parameters of an AI package too. */
export function architectureFacts(architecture: NonNullable<BomVersion['architecture']>): (readonly [string, string])[] {
  const card = modelCard(architecture);
  const facts: (readonly [string, number | string | null | undefined])[] = [
    ['parameters-total', card.parametersTotal],
    ['parameters-active', card.parametersActive],
    ['parameters-from', card.parametersFrom],
    ['context-length', architecture.contextLength],
    ['layers', architecture.layers],
    ['hidden-size', architecture.hiddenSize],
    ['attention-heads', architecture.heads],
    ['key-value-heads', architecture.mla === null ? architecture.kvHeads : null],
    ['vocabulary-size', architecture.vocabSize],
    ['experts', architecture.moe?.experts],
    ['active-experts', architecture.moe?.activeExperts],
    ['kv-lora-rank', architecture.mla?.kvLoraRank],
    ['kv-cache-bytes-per-token', card.kvCacheBytesPerToken],
    ['flops-per-token', card.flopsPerToken],
  ];
  return facts.flatMap(([name, value]) => (value === null || value === undefined ? [] : [[name, String(value)] as const]));
}

const ours = (name: string, value: string): Property => ({ name: `weighbridge:${name}`, value });
const architectureProperties = (architecture: NonNullable<BomVersion['architecture']>): Property[] => architectureFacts(architecture).map(([name, value]) => ours(`architecture:${name}`, value));

function trainingProperties({ tokens, hardware, gpuHours, costUsd, source }: NonNullable<BomVersion['training']>): Property[] {
  const facts: (readonly [string, string | number | null])[] = [['tokens', tokens], ['hardware', hardware], ['gpu-hours', gpuHours], ['cost-usd', costUsd], ['source', source.url ?? source.title]];
  return facts.flatMap(([name, value]) => (value === null ? [] : [ours(`training:${name}`, String(value))]));
}

/** e.g. `MMLU, EM, 5 shots`, and who measured it. */
export const scoreName = ({ benchmark, metric, shots, unit }: ReferenceScore): string => `${benchmark}, ${metric}${shots === null ? '' : `, ${shots} shots`}${unit === 'percent' ? ', percent' : `, ${unit}`}`;

const metricOf = (score: ReferenceScore) => ({ type: scoreName(score), value: String(score.value), slice: `${score.checkpoint}; measured by ${score.evaluator}; ${score.source.url ?? score.source.title}` });
