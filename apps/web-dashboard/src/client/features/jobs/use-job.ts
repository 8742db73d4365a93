import { useQuery } from '@tanstack/react-query';
import { isTerminalJobStatus } from '@weighbridge/inference-domain';
import { inference } from '../../api/clients.ts';

const refetchMs = 1_500;

export const useJob = (id: string) =>
  useQuery({
    queryKey: ['jobs', 'one', id],
    queryFn: ({ signal }) => inference.getJob({ params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isTerminalJobStatus(state.data.status) ? false : refetchMs),
  });
