import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { bundledModels } from './scripts/models-plugin.ts';
import { narrowRuntime } from './scripts/runtime-plugin.ts';
import { serviceWorker } from './scripts/sw-plugin.ts';

const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

export default defineConfig({
  base: './',
  plugins: [svelte(), bundledModels(), narrowRuntime(), serviceWorker()],
  worker: { format: 'es', plugins: () => [narrowRuntime()] },
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  server: { headers: isolated },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: { main: 'index.html', sw: 'src/sw.ts' },
      output: { entryFileNames: ({ name }) => (name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
});
