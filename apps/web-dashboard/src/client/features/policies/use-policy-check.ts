import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

/** What is wrong with a text, while it is written. */
export const usePolicyCheck = (text: string) =>
  useQuery({ queryKey: ['policy-check', text], queryFn: text.trim() === '' ? skipToken : ({ signal }) => registry.validatePolicy({ body: { text } }, { signal }), placeholderData: keepPreviousData, staleTime: Infinity });
