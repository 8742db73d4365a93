import type { registryEndpoints } from '@weighbridge/registry-contracts';
import type { Handlers } from '@weighbridge/shared-adapters/http';
import { invalidField } from './refusals.ts';

type RegistryHandlers = Handlers<typeof registryEndpoints>;
type AnyHandler = (request: { readonly body: unknown; readonly query: unknown }) => unknown;

/** PostgreSQL keeps neither NUL nor half a surrogate pair, whatever the field: refused before any handler sees them. */
export const refuseUnstorable = (handlers: RegistryHandlers): RegistryHandlers =>
  Object.fromEntries(
    Object.entries(handlers as unknown as Record<string, AnyHandler>).map(([name, handler]): [string, AnyHandler] => [
      name,
      (request) => {
        refuseIn(request.body, '/body');
        refuseIn(request.query, '/query');
        return handler(request);
      },
    ]),
  ) as unknown as RegistryHandlers;

function refuseIn(value: unknown, pointer: string): void {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) throw invalidField(pointer, 'may have no NUL character and no half of a surrogate pair');
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      refuseIn(key, pointer);
      refuseIn(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    }
  }
}
