import { defineConfig } from 'vitest/config';

/**
 * The same specs on every backend; `BACKEND` tells test/backend.ts which one to start. Files share their worker's modules:
 * loading TensorFlow.js anew for each took longer than the tests.
 */
const onBackend = (backend: string, elsewhere: readonly string[] = []) => ({
  test: {
    name: backend,
    include: ['test/**/*.spec.ts', 'property-tests/**/*.spec.ts'],
    exclude: ['test/node/**', ...elsewhere],
    env: { BACKEND: backend },
    setupFiles: ['test/backend.ts'],
    testTimeout: 60_000,
    isolate: false,
  },
});

/**
 * Minutes of arithmetic on the plain cpu backend: whole experiments, laws that compare both backends by themselves, and what
 * uses neither.
 * They run once, on wasm; what they are made of has specs on both.
 */
const long = [
  'test/oracles/**',
  'test/learnTheRule.spec.ts',
  'test/networks/runExperiment.spec.ts',
  'test/networks/competitive/**',
  'test/kernels/competitiveLayer.spec.ts',
  'property-tests/{conformance,limits,pairings}.spec.ts',
];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      onBackend('cpu', long),
      onBackend('wasm'),
      { test: { name: 'node', include: ['test/node/**/*.spec.ts'], testTimeout: 120_000 } },
    ],
  },
});
