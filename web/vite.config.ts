// How the page is built: from web/ into web/dist, every script a file of its own origin.
import { fileURLToPath } from 'node:url';
import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { manifest } from './manifest.ts';
import { precompress } from './precompress.ts';

const butler = 'http://127.0.0.1:8000';
const socket = { target: butler, ws: true };

const app = VitePWA({
  // The person says when the new version takes over.
  registerType: 'prompt',
  injectRegister: false,
  manifest,
  workbox: {
    globPatterns: ['**/*.{html,css,js,svg,png,webmanifest}'],
    // Fetched when they are needed, and kept then: few devices listen for the word.
    globIgnores: ['**/livekit-*', '**/ort*', '**/*.onnx', '**/*.wasm'],
    navigateFallback: '/index.html',
    navigateFallbackDenylist: [/^\/(api|docs|health|metrics|mcp|openapi\.json|voice|ws)/],
    // Only the page itself: no answer of the house is ever kept on the device.
    runtimeCaching: [
      {
        urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
        handler: 'CacheFirst',
        options: { cacheName: 'assets', expiration: { maxEntries: 60 } },
      },
    ],
    cleanupOutdatedCaches: true,
  },
});

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [react(), tailwind(), app, precompress()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // The server forbids inline scripts and data: addresses for scripts.
    assetsInlineLimit: 0,
    // LiveKit's client is one piece, and only houses that use it fetch it.
    chunkSizeWarningLimit: 700,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': butler, '/health': butler, '/voice': socket, '/ws': socket },
  },
});
