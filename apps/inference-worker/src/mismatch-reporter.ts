import type { FileMismatch } from '@weighbridge/inference-domain';
import type { DeploymentFacts, NewDeploymentBlock } from '@weighbridge/registry-contracts';
import type { z } from 'zod';

export interface MismatchReporter {
  /** Has the deployment blocked everywhere. Does not wait, and does not fail: if the registry is away, the next call that finds the file tells it. */
  readonly report: (deployment: Pick<DeploymentFacts, 'id'>, found: FileMismatch) => void;
  /** Resolves when what was reported has been told or has failed. */
  readonly close: () => Promise<void>;
}

export interface MismatchReporterOptions {
  readonly block: (id: DeploymentFacts['id'], block: z.input<typeof NewDeploymentBlock>) => Promise<unknown>;
  readonly logger: { error(fields: object): void };
}

export function createMismatchReporter({ block, logger }: MismatchReporterOptions): MismatchReporter {
  const telling = new Map<string, Promise<void>>();
  const tell = async (id: DeploymentFacts['id'], found: FileMismatch) => {
    logger.error({ event: 'model_file_mismatch', deploymentId: id, ...found });
    try {
      await block(id, { reason: 'artifact_mismatch', ...found });
    } catch (error) {
      logger.error({ event: 'block_not_told', deploymentId: id, err: error });
    } finally {
      telling.delete(id);
    }
  };
  return {
    report: ({ id }, found) => void (telling.has(id) || telling.set(id, tell(id, found))),
    close: async () => void (await Promise.all(telling.values())),
  };
}
