import type { RawEndpointRequest } from '@weighbridge/shared-adapters/http';
import type { Endpoint } from '@weighbridge/shared-contracts';

/** A document of a request's own making: shown in a browser, saved under its name. */
export function sendDocument({ res }: Pick<RawEndpointRequest<Endpoint>, 'res'>, { contentType, fileName, text }: { readonly contentType: string; readonly fileName: string; readonly text: string }): void {
  const body = Buffer.from(text);
  res.writeHead(200, {
    'content-type': contentType,
    'content-length': body.length,
    'content-disposition': `inline; filename="${fileName}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  res.end(body);
}
