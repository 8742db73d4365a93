import { createBrowserRouter } from 'react-router';
import type { ComponentType } from 'react';
import { loadOrReload } from '../load-or-reload.ts';
import { PageNotFound } from './page-not-found.tsx';
import { RouteError } from './route-error.tsx';
import { SignedIn } from './signed-in.tsx';

const page = (load: () => Promise<ComponentType>) => ({ lazy: async () => ({ Component: await loadOrReload(load) }), ErrorBoundary: RouteError });

/** Each page is a chunk of its own. What a page shows (filters, compared runs) is in its address. */
export const router = createBrowserRouter([
  {
    path: '/',
    Component: SignedIn,
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [
      { index: true, ...page(async () => (await import('../features/overview/overview-page.tsx')).OverviewPage) },
      { path: 'models', ...page(async () => (await import('../features/models/models-page.tsx')).ModelsPage) },
      { path: 'versions', ...page(async () => (await import('../features/search/search-page.tsx')).SearchPage) },
      { path: 'imports', ...page(async () => (await import('../features/imports/import-page.tsx')).ImportPage) },
      { path: 'catalogue', ...page(async () => (await import('../features/catalogue/catalogue-page.tsx')).CataloguePage) },
      { path: 'models/:name', ...page(async () => (await import('../features/models/model-page.tsx')).ModelPage) },
      { path: 'models/:name/versions/:version', ...page(async () => (await import('../features/models/version-page.tsx')).VersionPage) },
      { path: 'licenses', ...page(async () => (await import('../features/licenses/licenses-page.tsx')).LicensesPage) },
      { path: 'licenses/compare', ...page(async () => (await import('../features/licenses/compare-licenses-page.tsx')).CompareLicensesPage) },
      { path: 'licenses/recognise', ...page(async () => (await import('../features/licenses/recognise-license-page.tsx')).RecogniseLicensePage) },
      { path: 'licenses/revise', ...page(async () => (await import('../features/licenses/revise-license-page.tsx')).ReviseLicensePage) },
      { path: 'licenses/:id', ...page(async () => (await import('../features/licenses/license-page.tsx')).LicensePage) },
      { path: 'jobs', ...page(async () => (await import('../features/jobs/jobs-page.tsx')).JobsPage) },
      { path: 'jobs/:id', ...page(async () => (await import('../features/jobs/job-page.tsx')).JobPage) },
      { path: 'batches', ...page(async () => (await import('../features/batches/batches-page.tsx')).BatchesPage) },
      { path: 'webhooks', ...page(async () => (await import('../features/webhooks/webhooks-page.tsx')).WebhooksPage) },
      { path: 'playground', ...page(async () => (await import('../features/playground/playground-page.tsx')).PlaygroundPage) },
      { path: 'evaluations', ...page(async () => (await import('../features/evaluations/runs-page.tsx')).RunsPage) },
      { path: 'evaluations/leaderboard', ...page(async () => (await import('../features/evaluations/leaderboard-page.tsx')).LeaderboardPage) },
      { path: 'evaluations/compare', ...page(async () => (await import('../features/evaluations/compare-page.tsx')).ComparePage) },
      { path: 'evaluations/runs/:id', ...page(async () => (await import('../features/evaluations/run-page.tsx')).RunPage) },
      { path: 'costs', ...page(async () => (await import('../features/costs/spend-page.tsx')).SpendPage) },
      { path: 'costs/budgets', ...page(async () => (await import('../features/costs/budgets-page.tsx')).BudgetsPage) },
      { path: 'costs/prices', ...page(async () => (await import('../features/costs/prices-page.tsx')).PricesPage) },
      { path: 'use-cases', ...page(async () => (await import('../features/use-cases/use-cases-page.tsx')).UseCasesPage) },
      { path: 'matrix', ...page(async () => (await import('../features/matrix/matrix-page.tsx')).MatrixPage) },
      { path: 'impact', ...page(async () => (await import('../features/impact/impact-page.tsx')).ImpactPage) },
      { path: 'policies', ...page(async () => (await import('../features/policies/policies-page.tsx')).PoliciesPage) },
      { path: 'approvals', ...page(async () => (await import('../features/inbox/inbox-page.tsx')).InboxPage) },
      { path: 'audit', ...page(async () => (await import('../features/audit/audit-page.tsx')).AuditPage) },
      { path: 'keys', ...page(async () => (await import('../features/keys/keys-page.tsx')).KeysPage) },
      { path: '*', Component: PageNotFound },
    ],
  },
]);
