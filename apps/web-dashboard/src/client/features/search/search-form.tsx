import { Group, MultiSelect, Select, Switch, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useLicenses } from '../../queries/use-licenses.ts';
import { useUseCases } from '../../queries/use-use-cases.ts';
import { useVocabulary } from '../../queries/use-vocabulary.ts';
import { propertyWords } from './search-filter.ts';
import type { SearchFilter } from './search-filter.ts';

const sizeOptions = [
  { value: 'under-3b', label: 'under 3 B' },
  { value: '3b-to-15b', label: '3 to 15 B' },
  { value: '15b-to-80b', label: '15 to 80 B' },
  { value: 'over-80b', label: 'over 80 B' },
];
const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'name', label: 'By name' },
  { value: 'largest', label: 'Largest first' },
  { value: 'smallest', label: 'Smallest first' },
];
const properties = Object.entries(propertyWords).map(([value, label]) => ({ value, label }));

interface SearchFormProps {
  readonly filter: SearchFilter;
  /** By the names that the address has. */
  readonly onChange: (name: string, value: string | null) => void;
}

export function SearchForm({ filter, onChange }: SearchFormProps) {
  const licenses = useLicenses();
  const useCases = useUseCases();
  const vocabulary = useVocabulary();
  const uses = [
    { group: 'Declared use cases', items: (useCases.data ?? []).map(({ id, name }) => ({ value: id as string, label: name })) },
    { group: 'Purposes, in a commercial service', items: [...(vocabulary.data?.neutral ?? []), ...(vocabulary.data?.restricted ?? [])].map((word) => ({ value: word, label: word.replaceAll('-', ' ') })) },
  ].filter(({ items }) => items.length > 0);
  return (
    <Group p="md" gap="sm">
      <TextInput aria-label="Words" placeholder="Name or publisher" leftSection={<IconSearch size={16} aria-hidden="true" />} value={filter.query} onChange={(event) => onChange('q', event.currentTarget.value)} w={{ base: '100%', xs: 220 }} />
      <Select aria-label="Allowed for" placeholder="Allowed for…" searchable clearable value={filter.allowedFor} onChange={(value) => onChange('for', value)} data={uses} w={{ base: '100%', xs: 230 }} />
      <MultiSelect aria-label="What the licence allows" placeholder={filter.properties.length === 0 ? 'What the terms say…' : ''} searchable clearable value={[...filter.properties]} onChange={(values) => onChange('properties', values.join(','))} data={properties} miw={230} w={{ base: '100%', xs: 'auto' }} />
      <Select aria-label="Own licence" placeholder="Own licence…" searchable clearable value={filter.license} onChange={(value) => onChange('license', value)} data={(licenses.data ?? []).map(({ id, name }) => ({ value: id, label: name }))} w={{ base: '100%', xs: 220 }} />
      <Select aria-label="Parameters" placeholder="Any size" clearable value={filter.size} onChange={(value) => onChange('size', value)} data={sizeOptions} w={{ base: '48%', xs: 130 }} />
      <TextInput aria-label="Tag" placeholder="Tag, or tag:value" value={filter.tag} onChange={(event) => onChange('tag', event.currentTarget.value)} w={{ base: '48%', xs: 150 }} />
      <Select aria-label="Order" allowDeselect={false} value={filter.order} onChange={(value) => onChange('order', value === 'newest' ? null : value)} data={orders} w={{ base: '48%', xs: 150 }} />
      <Switch label="Deployed here" checked={filter.deployed} onChange={(event) => onChange('deployed', event.currentTarget.checked ? 'true' : null)} />
    </Group>
  );
}
