import { retryPolicy } from '@weighbridge/shared-adapters/queue';
import { isErrorCode } from '@weighbridge/shared-domain';

/** Whether the gateway may take later what it refuses with this code now. A version without a deployment waits for a person, and the run says so instead. */
export const isPassing = (code: string): boolean => isErrorCode(code) && code !== 'model.no_deployment' && retryPolicy[code] === 'retry';
