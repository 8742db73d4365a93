import { RouteTabs } from '../../pieces/route-tabs.tsx';

const tabs = [
  { path: '/evaluations', text: 'Runs' },
  { path: '/evaluations/leaderboard', text: 'Leaderboard' },
  { path: '/evaluations/compare', text: 'Compare' },
] as const;

/** The three views of what was measured. */
export const EvaluationTabs = () => <RouteTabs tabs={tabs} />;
