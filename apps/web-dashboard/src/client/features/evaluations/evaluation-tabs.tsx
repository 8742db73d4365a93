import { Tabs } from '@mantine/core';
import { useLocation, useNavigate } from 'react-router';

const tabs = [
  { path: '/evaluations', text: 'Runs' },
  { path: '/evaluations/leaderboard', text: 'Leaderboard' },
  { path: '/evaluations/compare', text: 'Compare' },
] as const;

/** The three views of what was measured. */
export function EvaluationTabs() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return (
    <Tabs value={pathname} onChange={(path) => path !== null && void navigate(path)}>
      <Tabs.List>
        {tabs.map(({ path, text }) => (
          <Tabs.Tab key={path} value={path}>
            {text}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}
