import { useQuery } from '@tanstack/react-query';
import { registry } from '../../api/clients.ts';

/** What the organisation said about a licence, newest first. */
export const useLicenseRevisions = (id: string) =>
  useQuery({ queryKey: ['license-revisions', id], queryFn: ({ signal }) => registry.listLicenseRevisions({ params: { id }, query: { limit: 50 } }, { signal }).then((page) => page.data) });
