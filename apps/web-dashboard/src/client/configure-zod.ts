import { config } from 'zod';

/** Compiled parsers need `eval`, which the page's policy forbids. First import of the client, so that no schema is made before. */
config({ jitless: true });
