import type { ModelSummary, registryEndpoints } from '@weighbridge/registry-contracts';
import type { Caller } from '@weighbridge/shared-adapters/auth';
import { toPage } from '@weighbridge/shared-contracts';
import type { Page, QueryOf } from '@weighbridge/shared-contracts';
import { modelSummaryView } from '../api-views.ts';
import type { RegistryDeps } from '../deps.ts';
import { pageRequest } from '../page-request.ts';
import { factsOf, findTerms } from './find-by-terms.ts';

/** Models by name; what is asked of licences and tags must hold for one and the same version. */
export async function listModels({ registry, terms }: Pick<RegistryDeps, 'registry' | 'terms'>, { caller, query }: { readonly caller: Caller; readonly query: QueryOf<typeof registryEndpoints.listModels> }): Promise<Page<ModelSummary>> {
  const asked = [query.purpose, query.allowedFor].filter((each) => each !== undefined);
  const asksOfTerms = asked.length > 0 || query.licenseProperty.length > 0;
  const allowedFor = await Promise.all(asked.map((each) => factsOf({ registry }, caller, each)));
  const found = asksOfTerms ? findTerms(await terms.read(), { allowedFor, properties: query.licenseProperty }) : undefined;
  const search = { text: query.query, license: query.license, ...((asksOfTerms || query.tag.length > 0) && { version: { words: [], terms: found, tags: query.tag, license: query.license } }) };
  const page = toPage(await registry.models.listModels(search, pageRequest(query)), query.limit, ({ name }) => name);
  return { ...page, data: page.data.map((model) => modelSummaryView(model, caller)) };
}
