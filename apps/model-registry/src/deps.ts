import type { evaluationEndpoints } from '@weighbridge/evaluation-contracts';
import type { Registry } from '@weighbridge/registry-data';
import type { SecretBox } from '@weighbridge/shared-adapters/secrets';
import type { Client } from '@weighbridge/shared-contracts';
import type { Decider } from './decider.ts';
import type { LicenseShelf } from './license-shelf.ts';

/** All that the stories of this service touch. Each asks for its part. */
export interface RegistryDeps {
  readonly registry: Registry;
  /** Tells the other services of a new revision; does not wait, and does not fail. */
  readonly announce: (revision: number) => void;
  readonly licenses: LicenseShelf;
  readonly decider: Decider;
  readonly evaluation: Pick<Client<typeof evaluationEndpoints>, 'getEvidence' | 'compareRuns'>;
  readonly secrets: SecretBox;
  /** Absolute path of the folder that imports may read. */
  readonly importDir: string | null;
  readonly allowPrivateAddresses: boolean;
  readonly now: () => Date;
}
