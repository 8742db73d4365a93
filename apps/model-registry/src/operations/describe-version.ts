import type { Version } from '@weighbridge/registry-contracts';
import type { Repositories, VersionRecord } from '@weighbridge/registry-data';
import { versionView } from '../api-views.ts';

export async function describeVersion({ tags }: Pick<Repositories, 'tags'>, version: VersionRecord): Promise<Version> {
  return versionView(version, (await tags.listVersionTags([version])).get(`${version.model}@${version.version}`) ?? {});
}
