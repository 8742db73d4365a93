import { defineConfig } from 'vitest/config';

// One platform and one browser for the file; the pages are visited one after the other.
export default defineConfig({ test: { include: ['e2e/**/*.e2e.test.ts'], fileParallelism: false, testTimeout: 120_000, hookTimeout: 120_000 } });
