import type { registryEndpoints } from '@weighbridge/registry-contracts';
import { fieldOfUseWords, neutralPurposes } from '@weighbridge/registry-domain';
import type { Handler } from '@weighbridge/shared-adapters/http';

export const listUseCaseVocabularyRoute =
  (): Handler<typeof registryEndpoints.listUseCaseVocabulary> =>
  () => ({ restricted: [...fieldOfUseWords], neutral: [...neutralPurposes] });
