import { errorCodes } from '@weighbridge/shared-domain';
import type { ErrorCode } from '@weighbridge/shared-domain';
import { z } from 'zod';

const codes = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]];

/** The body of every refusal: RFC 9457 problem details. Readers ignore members they do not know. */
export const Problem = z
  .looseObject({
    type: z.string().meta({ description: 'Stable URI of the kind of problem', examples: ['urn:weighbridge:problem:request.invalid'] }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(codes),
    requestId: z.string(),
    errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
    retryAfterSeconds: z.number().optional(),
  })
  .meta({ id: 'Problem', description: 'RFC 9457 problem details' });
export type Problem = z.infer<typeof Problem>;

/** What a typed client throws when the service refuses or fails. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.problem = problem;
  }
}
