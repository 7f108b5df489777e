import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** One file that loads the specs once and then tries mutant after mutant on them: see serve.ts. */
export default defineConfig({
  resolve: { alias: [{ find: /^fast-check$/, replacement: fileURLToPath(new URL('fewRuns.ts', import.meta.url)) }] },
  test: {
    include: ['test/mutation/serve.ts'],
    setupFiles: ['test/mutation/alive.ts', 'test/backend.ts'],
    sequence: { setupFiles: 'list' },
    env: { BACKEND: 'cpu', KERNELS: 'on' },
    pool: 'threads',
    maxWorkers: 1,
    isolate: true, // a thread of its own each time
    testTimeout: 600_000, // Stryker knows how long a mutant may take
    hookTimeout: 60_000,
  },
});
