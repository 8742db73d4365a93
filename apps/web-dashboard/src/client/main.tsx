import { config } from 'zod';
import { loadOrReload } from './load-or-reload.ts';

// Compiled parsers need `eval`, which the page's policy forbids. Said before any schema is made, so everything else is loaded after.
config({ jitless: true });
try {
  await loadOrReload(() => import('./start.tsx'));
} catch {
  document.body.textContent = 'Weighbridge could not be loaded. Check the connection, then reload the page.';
}
