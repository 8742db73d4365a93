export { createHttpApp, createMetrics, expressPath } from './create-http-app.ts';
export type { HttpAppOptions, RenderedError } from './create-http-app.ts';
export type { EndpointRequest, Handler, Handlers, RawEndpointRequest, RawHandler } from './handler.ts';
export { asAppError, httpStatus, toProblem, validationError } from './problem.ts';
export { defaultMaxBodyBytes, parseJsonBody, readBody } from './read-body.ts';
