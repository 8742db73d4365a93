import { Tabs } from '@mantine/core';
import { useLocation, useNavigate } from 'react-router';

const tabs = [
  { path: '/models', text: 'Models' },
  { path: '/versions', text: 'Find a version' },
  { path: '/catalogue', text: 'Reference catalogue' },
  { path: '/imports', text: 'Import' },
] as const;

/** What is registered here by model, by version, and what ships with its papers. */
export function ModelTabs() {
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
