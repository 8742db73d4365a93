import { defineConfig } from 'vitest/config';

// The guards start tools of the workspace.
export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
