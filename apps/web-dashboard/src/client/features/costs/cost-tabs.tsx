import { RouteTabs } from '../../pieces/route-tabs.tsx';

const tabs = [
  { path: '/costs', text: 'Spend' },
  { path: '/costs/budgets', text: 'Budgets' },
  { path: '/costs/prices', text: 'Prices' },
] as const;

export const CostTabs = () => <RouteTabs tabs={tabs} />;
