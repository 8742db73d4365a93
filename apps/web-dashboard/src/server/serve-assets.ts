import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import express from 'express';
import type { RequestHandler } from 'express';

const types: Readonly<Record<string, string>> = { '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8' };

/**
 * Files whose names carry a digest of their content, kept by browsers for a year. The build leaves a gzip beside each text;
 * whoever takes it gets that, and nothing is compressed while it is served.
 */
export function serveAssets(folder: string): RequestHandler {
  const compressed = new Set(readdirSync(folder).filter((name) => name.endsWith('.gz')));
  const plain = express.static(folder, { immutable: true, maxAge: '1y', index: false, fallthrough: false });
  return (req, res, next) => {
    const name = req.path.slice(1);
    const type = types[extname(name)];
    if (type !== undefined) res.vary('accept-encoding');
    if (type === undefined || !compressed.has(`${name}.gz`) || !req.acceptsEncodings('gzip')) {
      plain(req, res, next);
      return;
    }
    res.set({ 'content-encoding': 'gzip', 'content-type': type });
    res.sendFile(join(folder, `${name}.gz`), { immutable: true, maxAge: '1y' }, (error: unknown) => error != null && next(error));
  };
}
