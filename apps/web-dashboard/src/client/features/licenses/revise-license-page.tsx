import { LoadingBlock, PageHeader } from '@weighbridge/shared-ui';
import { useSearchParams } from 'react-router';
import { Page } from '../../pieces/page.tsx';
import { QueryView } from '../../pieces/query-view.tsx';
import { TextLink } from '../../pieces/text-link.tsx';
import { useLicense } from '../../queries/use-license.ts';
import { ReviseLicenseForm } from './revise-license-form.tsx';

/** Amends the licence `id`, or writes a new one that begins as a copy of the licence `from`. */
export function ReviseLicensePage() {
  const [params] = useSearchParams();
  const [id, from] = [params.get('id'), params.get('from') ?? 'MIT'];
  const start = useLicense(id ?? from);
  return (
    <Page>
      <PageHeader
        title={id === null ? 'Add a licence' : `Amend ${start.data?.name ?? id}`}
        above={<TextLink to="/licenses">Licences</TextLink>}
        description="A licence of your own, or what your organisation has negotiated. It is kept as a revision: what was decided before stays explained, and the catalogue’s entry comes back if you withdraw it."
      />
      <QueryView query={start} loading={<LoadingBlock height={420} />}>
        {({ origin: _origin, amends: _amends, revision, ...license }) => <ReviseLicenseForm key={`${license.id}${revision}`} start={license} revision={id === null ? 0 : revision} isNew={id === null} />}
      </QueryView>
    </Page>
  );
}
