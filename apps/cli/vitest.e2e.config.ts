import { defineConfig } from 'vitest/config';

// Each file starts platforms of its own on its own ports; two at once would only be slower on two cores.
export default defineConfig({ test: { include: ['e2e/**/*.e2e.test.ts'], fileParallelism: false, testTimeout: 180_000, hookTimeout: 120_000 } });
