import { defineConfig } from 'vitest/config';

/** The same specs on every backend; `BACKEND` tells test/backend.ts which one to start. */
const onBackend = (backend: string) => ({
  test: {
    name: backend,
    include: ['test/**/*.spec.ts', 'property-tests/**/*.spec.ts'],
    exclude: ['test/node/**'],
    env: { BACKEND: backend },
    setupFiles: ['test/backend.ts'],
    testTimeout: 60_000,
  },
});

export default defineConfig({
  test: {
    projects: [
      onBackend('cpu'),
      onBackend('wasm'),
      { test: { name: 'node', include: ['test/node/**/*.spec.ts'], testTimeout: 120_000 } },
    ],
  },
});
