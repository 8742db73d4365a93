import { Tabs } from '@mantine/core';
import { useLocation, useNavigate } from 'react-router';

const tabs = [
  { path: '/costs', text: 'Spend' },
  { path: '/costs/budgets', text: 'Budgets' },
  { path: '/costs/prices', text: 'Prices' },
] as const;

export function CostTabs() {
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
