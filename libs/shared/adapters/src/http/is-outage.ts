/** Node's codes of connections that are refused, lost or never made. */
const nodeCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** PostgreSQL's: connections (08), too many of them (53300), going down, crashed, starting (57P01 to 57P03). Appendix A of its manual. */
const postgresCode = /^(08...|53300|57P0[123])$/;

/** Prisma's: not reached, timed out, closed by the server, no connection free. Its error reference, P1 and P2024. */
const prismaCode = /^(P1001|P1002|P1008|P1017|P2024)$/;

/** What the pool of pg says without a code. */
const poolMessage = /^(Connection terminated|timeout exceeded when trying to connect)/;

/** Whether an error, or what caused it, is that a store is not there at the moment: trying again makes sense, and nobody's code is wrong. */
export function isOutage(thrown: unknown, depth = 5): boolean {
  if (!(thrown instanceof Error) || depth === 0) return false;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (nodeCodes.has(code) || postgresCode.test(code) || prismaCode.test(code) || poolMessage.test(thrown.message)) return true;
  return (thrown instanceof AggregateError && thrown.errors.some((error) => isOutage(error, depth - 1))) || isOutage(thrown.cause, depth - 1);
}
