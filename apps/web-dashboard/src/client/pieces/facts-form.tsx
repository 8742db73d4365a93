import { Group, Input, MultiSelect, NumberInput, SegmentedControl, Select, SimpleGrid, Stack, Switch, TagsInput, Text } from '@mantine/core';
import { fieldOfUseMeanings, restrictionConditions } from '@weighbridge/registry-domain';
import type { UseCaseFacts } from '@weighbridge/registry-domain';
import { useMemo } from 'react';
import { useVocabulary } from '../queries/use-vocabulary.ts';
import { plainWord } from './license-words.ts';

interface FactsFormProps {
  readonly facts: UseCaseFacts;
  readonly onChange: (facts: UseCaseFacts) => void;
  /** Messages by field, from a refusal. */
  readonly faults?: Readonly<Record<string, string>>;
}

/** A use that nobody would object to: a place to begin. */
export const ordinaryFacts: UseCaseFacts = { purposes: ['customer-support'], commercial: true, monthlyActiveUsers: 20_000, annualRevenueUsd: 10_000_000, regions: ['EU'], distribution: 'service', trainOnOutputs: false };

const distributions = [
  { value: 'internal', label: 'Internal only' },
  { value: 'service', label: 'Service, weights stay' },
  { value: 'embedded', label: 'Embedded in a product' },
  { value: 'weights', label: 'Weights are published' },
];
const trainTargets = [
  { value: 'same-family', label: 'A model of the same family' },
  { value: 'other-llm', label: 'Another language model' },
  { value: 'non-llm-internal', label: 'Another kind of model, own use' },
  { value: 'non-llm-released', label: 'Another kind of model, released' },
];
const conditions = Object.values(restrictionConditions).flatMap(({ bites, lifts }) => [bites, lifts]).map((word) => ({ value: word, label: plainWord(word) }));

/** The declared facts of a use. Every field changes the answer, so each change is reported at once. */
export function FactsForm({ facts, onChange, faults = {} }: FactsFormProps) {
  const vocabulary = useVocabulary();
  const purposes = useMemo(
    () => [
      { group: 'Ordinary', items: [...(vocabulary.data?.neutral ?? [])] },
      { group: 'Restricted by some licences', items: [...(vocabulary.data?.restricted ?? [])] },
    ],
    [vocabulary.data],
  );
  const set = (change: Partial<UseCaseFacts>) => onChange({ ...facts, ...change });
  const fault = (field: string) => (faults[field] ?? faults[`facts.${field}`] ?? null) as string | null;
  const number = (value: string | number) => (typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : null);

  return (
    <Stack gap="sm">
      <TagsInput
        label="Purposes"
        description="Known words are suggested; a word that no licence knows may need a review"
        value={facts.purposes}
        onChange={(words) => set({ purposes: words.map((word) => word.trim().toLowerCase().replace(/[\s_]+/g, '-')).filter((word) => word !== '') })}
        data={purposes}
        maxTags={20}
        clearable
        error={fault('purposes') ?? (facts.purposes.length === 0 ? 'Name at least one purpose' : null)}
        renderOption={({ option }) => (
          <div>
            <Text size="sm">{option.value}</Text>
            {Object.hasOwn(fieldOfUseMeanings, option.value) ? (
              <Text size="xs" c="dimmed">
                {fieldOfUseMeanings[option.value as keyof typeof fieldOfUseMeanings]}
              </Text>
            ) : null}
          </div>
        )}
      />
      <div>
        <Input.Label labelElement="div" id="facts-commercial">
          Commercial
        </Input.Label>
        <SegmentedControl
          fullWidth
          aria-labelledby="facts-commercial"
          value={facts.commercial === null ? 'unknown' : facts.commercial ? 'yes' : 'no'}
          onChange={(value) => set({ commercial: value === 'unknown' ? null : value === 'yes' })}
          data={[{ value: 'yes', label: 'Yes' }, { value: 'no', label: 'No' }, { value: 'unknown', label: 'Not known' }]}
        />
      </div>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <NumberInput label="Monthly users" description="All products; empty: not known" min={0} max={100_000_000_000} allowDecimal={false} thousandSeparator="," value={facts.monthlyActiveUsers ?? ''} onChange={(value) => set({ monthlyActiveUsers: number(value) })} error={fault('monthlyActiveUsers')} />
        <NumberInput label="Revenue a year" description="US dollars; empty: not known" min={0} max={100_000_000_000_000} allowDecimal={false} thousandSeparator="," prefix="$" value={facts.annualRevenueUsd ?? ''} onChange={(value) => set({ annualRevenueUsd: number(value) })} error={fault('annualRevenueUsd')} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TagsInput label="Regions of the users" description="Country codes, or EU" value={facts.regions} onChange={(regions) => set({ regions: regions.map((region) => region.trim().toUpperCase()) })} data={['EU', 'US', 'GB', 'CH', 'CA', 'JP', 'CN', 'IN', 'BR', 'AU']} error={fault('regions')} />
        <Select label="Distribution" description="How the work reaches people" allowDeselect={false} value={facts.distribution} onChange={(value) => value !== null && set({ distribution: value as UseCaseFacts['distribution'] })} data={distributions} error={fault('distribution')} />
      </SimpleGrid>
      <MultiSelect label="Conditions that hold" description="They settle clauses that depend on how it is done" clearable searchable value={facts.conditions ?? []} onChange={(words) => onChange(withConditions(facts, words))} data={conditions} error={fault('conditions')} />
      <Group gap="lg" align="center">
        <Switch label="Outputs train another model" checked={facts.trainOnOutputs} onChange={(event) => onChange(withTraining(facts, event.currentTarget.checked))} />
        {facts.trainOnOutputs ? <Select aria-label="What the outputs train" size="xs" allowDeselect={false} w={230} value={facts.trainTarget ?? 'other-llm'} onChange={(value) => value !== null && set({ trainTarget: value as NonNullable<UseCaseFacts['trainTarget']> })} data={trainTargets} /> : null}
      </Group>
    </Stack>
  );
}

function withConditions({ conditions: _, ...rest }: UseCaseFacts, words: string[]): UseCaseFacts {
  return words.length === 0 ? rest : { ...rest, conditions: words };
}

function withTraining({ trainTarget, ...rest }: UseCaseFacts, trainOnOutputs: boolean): UseCaseFacts {
  return trainOnOutputs ? { ...rest, trainOnOutputs, trainTarget: trainTarget ?? 'other-llm' } : { ...rest, trainOnOutputs };
}
