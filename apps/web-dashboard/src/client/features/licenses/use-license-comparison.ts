import { skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

export const useLicenseComparison = (left: string | null, right: string | null) =>
  useQuery({ queryKey: ['license-comparison', left, right], queryFn: left === null || right === null ? skipToken : ({ signal }) => registry.compareLicenses({ query: { left, right } }, { signal }) });
