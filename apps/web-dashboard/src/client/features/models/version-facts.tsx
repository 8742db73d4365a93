import { Text } from '@mantine/core';
import type { Version } from '@weighbridge/registry-contracts';
import { Facts, Panel, When, bytesText, compactText, countText, dayText } from '@weighbridge/shared-ui';
import { useCard } from './use-card.ts';

const families = { dense: 'dense', moe: 'mixture of experts', mla: 'latent attention' } as const;
const unknown = <Text span c="dimmed" size="sm">not published</Text>;

/** What is known of a version, and where it was read. */
export function VersionFacts({ version }: { readonly version: Version }) {
  const card = useCard(version.model, version.version).data?.card ?? null;
  const { architecture } = version;
  const readFrom = (field: string) => {
    const entry = version.provenance.find((one) => one.field === field || one.field.endsWith(`.${field}`));
    return entry === undefined ? undefined : `read from ${entry.readFrom}`;
  };
  const total = card?.parametersTotal ?? architecture?.parametersTotal ?? null;
  const active = card?.parametersActive ?? null;
  return (
    <Panel title="Facts">
      <Facts
        facts={[
          { label: 'Publisher', value: version.publisher },
          { label: 'Released', value: version.releasedOn === null ? unknown : dayText(version.releasedOn), note: readFrom('releasedOn') },
          { label: 'Parameters', value: total === null ? unknown : <span title={countText(total)}>{compactText(total)}{active !== null && active !== total ? ` · ${compactText(active)} active per token` : ''}</span>, note: readFrom('parametersTotal') ?? (card?.parametersFrom === 'shape' ? 'counted from the shape' : card?.parametersFrom === 'declared' ? 'as published' : undefined) },
          { label: 'Architecture', value: architecture?.modelType == null ? unknown : `${architecture.modelType}${architecture.family === null ? '' : `, ${families[architecture.family]}`}${architecture.layers === null ? '' : `, ${architecture.layers} layers`}`, note: readFrom('modelType') },
          ...(architecture?.moe == null ? [] : [{ label: 'Experts', value: `${countText(architecture.moe.experts)} routed, ${countText(architecture.moe.activeExperts)} active${architecture.moe.sharedExperts > 0 ? `, ${architecture.moe.sharedExperts} shared` : ''}` }]),
          { label: 'Context', value: architecture?.contextLength == null ? unknown : `${countText(architecture.contextLength)} tokens`, note: readFrom('contextLength') },
          ...(card?.weightBytes == null ? [] : [{ label: 'Weights', value: `${bytesText(card.weightBytes.bf16)} at 16 bits · ${bytesText(card.weightBytes.f8)} at 8 · ${bytesText(card.weightBytes.int4_g128)} at 4` }]),
          ...(card?.kvCacheBytesPerToken == null ? [] : [{ label: 'Cache per token', value: bytesText(card.kvCacheBytesPerToken), note: card.kvCacheBytesAtFullContext === null ? undefined : `${bytesText(card.kvCacheBytesAtFullContext)} at full context` }]),
          { label: 'Registered', value: <When at={version.createdAt} /> },
          { label: 'Digest', value: <Text span ff="monospace" size="xs" title={version.digest}>{version.digest.slice(0, 23)}…</Text>, note: 'of the whole content: it never changes' },
        ]}
      />
      {card === null || card.findings.length === 0 ? null : (
        <ul>
          {card.findings.map((finding) => (
            <li key={finding}>
              <Text size="sm">{finding}</Text>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
