import { RouteTabs } from './route-tabs.tsx';

const tabs = [
  { path: '/models', text: 'Models' },
  { path: '/versions', text: 'Find a version' },
  { path: '/catalogue', text: 'Reference catalogue' },
  { path: '/imports', text: 'Import' },
] as const;

/** What is registered here by model, by version, and what ships with its papers. */
export const ModelTabs = () => <RouteTabs tabs={tabs} />;
