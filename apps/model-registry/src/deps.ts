import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { HubOptions } from '@weighbridge/registry-adapters/hub';
import type { ArchiveLimits } from '@weighbridge/registry-adapters/importers';
import type { Registry } from '@weighbridge/registry-data';
import type { CountedUsers } from '@weighbridge/registry-domain';
import type { SecretBox } from '@weighbridge/shared-adapters/secrets';
import type { Client } from '@weighbridge/shared-contracts';
import type { Decider } from './decider.ts';
import type { Downloader } from './downloader.ts';
import type { LicenseShelf } from './license-shelf.ts';
import type { PolicyDesk } from './policy-desk.ts';
import type { TermsDesk } from './terms-desk.ts';

/** All that the stories of this service touch. Each asks for its part. */
export interface RegistryDeps {
  readonly registry: Registry;
  /** Tells the other services of a new revision; does not wait, and does not fail. */
  readonly announce: (revision: number) => void;
  readonly licenses: LicenseShelf;
  readonly decider: Decider;
  readonly policies: PolicyDesk;
  /** What the gateway counted, for limits on users. */
  readonly counted: () => Promise<CountedUsers>;
  readonly terms: TermsDesk;
  readonly evaluation: Pick<Client<typeof evaluationEndpoints>, 'getEvidence' | 'compareRuns'>;
  readonly secrets: SecretBox;
  /** Absolute path of the folder that imports may read. */
  readonly importDir: string | null;
  /** Absolute path of the folder that downloads go to, and where workers find model files; null: nothing is downloaded. */
  readonly downloadDir: string | null;
  readonly hub: HubOptions;
  readonly downloads: Pick<Downloader, 'wake' | 'stop'>;
  readonly archiveLimits: Partial<ArchiveLimits>;
  readonly allowPrivateAddresses: boolean;
  readonly now: () => Date;
}
