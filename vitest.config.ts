import { defineConfig } from 'vitest/config';

/**
 * The same specs on every backend; `BACKEND` tells test/backend.ts which one to start. Files share their worker's modules:
 * loading TensorFlow.js anew for each took longer than the tests.
 */
const onBackend = (backend: string) => ({
  test: {
    name: backend,
    include: ['test/**/*.spec.ts', 'property-tests/**/*.spec.ts'],
    exclude: ['test/node/**'],
    env: { BACKEND: backend },
    setupFiles: ['test/backend.ts'],
    testTimeout: 60_000,
    isolate: false,
  },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      onBackend('cpu'),
      onBackend('wasm'),
      { test: { name: 'node', include: ['test/node/**/*.spec.ts'], testTimeout: 120_000 } },
    ],
  },
});
