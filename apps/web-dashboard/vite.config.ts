import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const root = join(import.meta.dirname, 'src', 'client');

const outDir = join(import.meta.dirname, 'dist', 'client');

/** A gzip beside each text, for the server to hand out. */
const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  closeBundle() {
    const assets = join(outDir, 'assets');
    for (const name of readdirSync(assets)) if (/\.(js|css)$/.test(name)) writeFileSync(join(assets, `${name}.gz`), gzipSync(readFileSync(join(assets, name)), { level: 9 }));
  },
});

export default defineConfig({
  root,
  publicDir: join(root, 'public'),
  plugins: [react(), compressed()],
  build: {
    outDir,
    emptyOutDir: true,
    target: 'es2024',
    // Keeps light-dark() as it is: what it is turned into for older browsers does not follow the scheme that the page chose.
    cssTarget: ['chrome125', 'firefox126', 'safari18'],
    // ECharts alone is larger than the usual warning; it is loaded with the first chart.
    chunkSizeWarningLimit: 900,
    rolldownOptions: {
      output: {
        // Few files for the first page: what every page needs comes in one, charts and the lineage's layout when they are shown.
        codeSplitting: { groups: [{ name: 'vendor', test: /node_modules[\\/](?!echarts|zrender|@dagrejs|@fontsource|tslib)/ }, { name: 'shared', test: /[\\/](libs|client[\\/](api|scope|queries|pieces))[\\/]/, minShareCount: 3 }] },
      },
      treeshake: {
        // Contracts and domain do nothing on import, so what a page does not use need not be shipped (the reference catalogue, the GGUF reader).
        moduleSideEffects: (id) => !/\/libs\/\w+\/(domain|contracts)\//.test(id),
      },
    },
  },
  server: { port: 4390, proxy: Object.fromEntries(['/api', '/session', '/v1'].map((path) => [path, process.env['WEIGHBRIDGE_ORIGIN'] ?? 'http://127.0.0.1:4300'])) },
});
