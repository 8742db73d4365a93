import { useThrottledCallback } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useLiveEvents } from '../../api/use-live-events.ts';
import type { LiveState } from '../../api/use-live-events.ts';
import { useScope } from '../../scope/project-scope.tsx';

const refreshMs = 700;

/** Fetches what is shown of jobs anew when one changes its state, at most about once a second: a batch changes hundreds. */
export function useLiveJobs(): LiveState {
  const { projectId } = useScope();
  const queryClient = useQueryClient();
  const refresh = useThrottledCallback(() => void queryClient.invalidateQueries({ queryKey: ['jobs'] }), refreshMs);
  return useLiveEvents(projectId === undefined ? null : `/api/inference/v1/jobs/events?project=${projectId}`, refresh);
}
