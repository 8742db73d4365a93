import { Architecture, ModelCard, modelCard } from '@weighbridge/registry-domain';
import { unreadable } from './publication.ts';

/** The architecture as it is, once everything that is computed from it is a number. Sizes that multiply beyond that are absurd: `artifact.unreadable`. */
export function requirePlausible(architecture: Architecture, fileName: string): Architecture {
  const parsed = Architecture.safeParse(architecture);
  if (!parsed.success) throw unreadable(fileName, `its sizes are absurd: ${parsed.error.issues[0]?.path.join('.') ?? ''} ${parsed.error.issues[0]?.message ?? ''}`);
  const card = ModelCard.safeParse(modelCard(architecture));
  if (card.success) return architecture;
  const sizes = (['layers', 'hiddenSize', 'heads', 'headDim', 'intermediateSize', 'vocabSize', 'contextLength'] as const).filter((key) => (architecture[key] ?? 0) > 1_000_000);
  throw unreadable(fileName, `its sizes are absurd: ${sizes.length === 0 ? 'they' : sizes.map((key) => `${key} ${architecture[key]}`).join(', ')} multiply to more than a model can have`);
}
