import { useQuery } from '@tanstack/react-query';
import { registry } from '../api/clients.ts';

export const useVocabulary = () => useQuery({ queryKey: ['use-case-vocabulary'], queryFn: ({ signal }) => registry.listUseCaseVocabulary(undefined, { signal }), staleTime: Infinity });
