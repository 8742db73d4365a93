import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = join(import.meta.dirname, 'src', 'client');

export default defineConfig({
  root,
  publicDir: join(root, 'public'),
  plugins: [react()],
  build: {
    outDir: join(import.meta.dirname, 'dist', 'client'),
    emptyOutDir: true,
    target: 'es2024',
    // Keeps light-dark() as it is: what it is turned into for older browsers does not follow the scheme that the page chose.
    cssTarget: ['chrome125', 'firefox126', 'safari18'],
    // ECharts alone is larger than the usual warning; it is loaded with the first chart.
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      treeshake: {
        // Contracts and domain do nothing on import, so what a page does not use need not be shipped (the reference catalogue, the GGUF reader).
        moduleSideEffects: (id) => !/\/libs\/\w+\/(domain|contracts)\//.test(id),
      },
    },
  },
  server: { port: 4390, proxy: Object.fromEntries(['/api', '/session', '/v1'].map((path) => [path, process.env['WEIGHBRIDGE_ORIGIN'] ?? 'http://127.0.0.1:4300'])) },
});
