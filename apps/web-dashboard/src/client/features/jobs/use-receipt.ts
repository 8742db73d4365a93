import { useQuery } from '@tanstack/react-query';
import { inference } from '../../api/clients.ts';

/** Why allowed, why this route, why this price. `status` is part of the question: attempts come with it. */
export const useReceipt = (id: string, status: string) => useQuery({ queryKey: ['jobs', 'receipt', id, status], queryFn: ({ signal }) => inference.getReceipt({ params: { id } }, { signal }), staleTime: 30_000 });
