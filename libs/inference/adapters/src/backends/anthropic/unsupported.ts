import { BackendError } from '@weighbridge/inference-domain';

/** What the Messages API has no way to say is refused before the call, not left out in silence. */
export const unsupported = (what: string): BackendError =>
  new BackendError(`not translatable to the Messages API: ${what}`, {
    kind: 'rejected',
    retryable: false,
    code: 'unsupported_parameter',
    publicDetail: `This model's server, which speaks Anthropic's Messages API, does not support ${what}.`,
  });
