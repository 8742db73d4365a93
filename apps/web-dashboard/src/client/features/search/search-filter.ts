import { VersionOrder } from '@weighbridge/registry-contracts';
import { LicenseProperty } from '@weighbridge/registry-domain';

export interface SearchFilter {
  readonly query: string;
  readonly license: string | null;
  readonly properties: readonly LicenseProperty[];
  /** Id of a use case, or a purpose. */
  readonly allowedFor: string | null;
  readonly size: keyof typeof sizes | null;
  readonly tag: string;
  readonly deployed: boolean;
  readonly order: VersionOrder;
}

/** Parameters, in billions, from and to. */
export const sizes = { 'under-3b': [0, 3], '3b-to-15b': [3, 15], '15b-to-80b': [15, 80], 'over-80b': [80, null] } as const satisfies Readonly<Record<string, readonly [number, number | null]>>;
const billion = 1e9;

/** What people look for in licences, in their words. */
export const propertyWords: Readonly<Record<LicenseProperty, string>> = {
  'commercial-use': 'commercial use',
  hosting: 'may be offered as a service',
  redistribution: 'may be passed on',
  'no-user-limit': 'no user limit',
  'no-revenue-limit': 'no revenue limit',
  'no-purpose-limits': 'no restricted purposes',
  'no-region-limits': 'no regions left out',
  'outputs-may-train': 'outputs may train models',
  'no-attribution': 'no attribution',
  'no-copyleft': 'no copyleft',
  'no-obligations': 'no obligations',
  'osi-approved': 'OSI approved',
  known: 'whole lineage known',
};

/** What is in the address; words that mean nothing are left out. */
export function readFilter(params: URLSearchParams): SearchFilter {
  const size = params.get('size');
  return {
    query: params.get('q') ?? '',
    license: params.get('license'),
    properties: (params.get('properties') ?? '').split(',').filter((word): word is LicenseProperty => LicenseProperty.safeParse(word).success),
    allowedFor: params.get('for'),
    size: size !== null && Object.hasOwn(sizes, size) ? (size as keyof typeof sizes) : null,
    tag: params.get('tag') ?? '',
    deployed: params.get('deployed') === 'true',
    order: VersionOrder.catch('newest').parse(params.get('order') ?? 'newest'),
  };
}

/** The same as the question that the registry is asked. */
export function searchQuery({ query, license, properties, allowedFor, size, tag, deployed, order }: SearchFilter) {
  const [from, to] = size === null ? [null, null] : sizes[size];
  return {
    order,
    ...(query === '' ? {} : { query }),
    ...(license === null ? {} : { license }),
    ...(properties.length === 0 ? {} : { licenseProperty: properties.join(',') }),
    ...(allowedFor === null ? {} : { allowedFor }),
    ...(from === null || from === 0 ? {} : { minParameters: from * billion }),
    ...(to === null ? {} : { maxParameters: to * billion }),
    ...(tag === '' ? {} : { tag }),
    ...(deployed ? { deployed: 'true' as const } : {}),
  };
}
