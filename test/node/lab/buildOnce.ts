import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import type { TestProject } from 'vitest/node';
import { missingChromium } from '../../machine.js';

declare module 'vitest' {
  interface ProvidedContext {
    readonly lab: string;
  }
}

/** Builds the lab as `npm run lab:build` does, elsewhere, for all specs that open it. */
export default async function buildOnce({ provide }: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'tfjs-stdp-lab-'));
  provide('lab', outDir);
  if (missingChromium === undefined)
    await build({
      configFile: resolve(import.meta.dirname, '../../../examples/lab/vite.config.ts'),
      logLevel: 'error',
      build: { outDir, emptyOutDir: true },
    });
  return () => rm(outDir, { recursive: true, force: true });
}
