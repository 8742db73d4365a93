import { describe, expect, test } from 'vitest';
import { readFilter, searchQuery } from './search-filter.ts';

describe('searchQuery', () => {
  test.each([
    { address: '', query: { order: 'newest' } },
    { address: 'q=llama&license=MIT&deployed=true', query: { order: 'newest', query: 'llama', license: 'MIT', deployed: 'true' } },
    { address: 'properties=commercial-use,nonsense,no-user-limit', query: { order: 'newest', licenseProperty: 'commercial-use,no-user-limit' } },
    { address: 'size=under-3b', query: { order: 'newest', maxParameters: 3e9 } },
    { address: 'size=3b-to-15b&order=largest', query: { order: 'largest', minParameters: 3e9, maxParameters: 15e9 } },
    { address: 'size=over-80b', query: { order: 'newest', minParameters: 80e9 } },
    { address: 'size=huge&order=fattest', query: { order: 'newest' } },
    { address: 'for=customer-support&tag=team:speech', query: { order: 'newest', allowedFor: 'customer-support', tag: 'team:speech' } },
  ])('what the address "$address" asks the registry', ({ address, query }) => {
    expect(searchQuery(readFilter(new URLSearchParams(address)))).toEqual(query);
  });
});
