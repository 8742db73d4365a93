import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { globalSetup: ['@weighbridge/shared-testing/global-setup'] } });
