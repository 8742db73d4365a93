import { config } from 'zod';

// Compiled parsers need `eval`, which the page's policy forbids. Said before any schema is made, so everything else is loaded after.
config({ jitless: true });
await import('./start.tsx');
