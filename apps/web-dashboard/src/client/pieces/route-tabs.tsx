import { Tabs } from '@mantine/core';
import { useLocation, useNavigate } from 'react-router';

interface RouteTabsProps {
  readonly tabs: readonly { readonly path: string; readonly text: string }[];
}

/** Views that belong together, each at an address of its own. */
export function RouteTabs({ tabs }: RouteTabsProps) {
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
