import { useQuery } from '@tanstack/react-query';
import { evaluation } from '../../api/clients.ts';

const refetchMs = 1_000;

export const useRun = (id: string) =>
  useQuery({
    queryKey: ['run', id],
    queryFn: ({ signal }) => evaluation.getRun({ params: { id } }, { signal }),
    refetchInterval: ({ state }) => (state.data?.status === 'queued' || state.data?.status === 'running' ? refetchMs : false),
  });
