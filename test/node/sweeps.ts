import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orThrow } from '../../src/core/errors.js';
import type { RunResult } from '../../src/sweep/runResult.js';
import { type SweepSpec, validateSweepSpec } from '../../src/sweep/sweepSpec.js';
import { digitFiles, writeFolder } from './program.js';

/** A new empty folder. */
export const newFolder = (): string => mkdtempSync(join(tmpdir(), 'tfjs-stdp-sweep-'));

/** A folder of images, few enough to learn in a moment. */
export const fewImages = (train = 60): string => writeFolder(join(newFolder(), 'images'), digitFiles(train));

/** Settings of a network that learns in a moment. */
export const tiny = { 'layers.0.maps': [4], 'layers.0.images': [20], 'readout.iterations': [10] };

/** A spec, completed. */
export const specOf = (given: object): SweepSpec => orThrow(validateSweepSpec({ preset: 'digits', ...given }));

/** Writes a spec to a file of its own. */
export function specFile(given: object): string {
  const file = join(newFolder(), 'spec.json');
  writeFileSync(file, JSON.stringify({ preset: 'digits', ...given }));
  return file;
}

/** The result of a run that is done. */
export const doneResult = (id: string, more: Partial<RunResult> = {}): RunResult => ({
  id,
  status: 'done',
  accuracy: 0.5,
  confusion: [
    [1, 0],
    [1, 0],
  ],
  weights: 'abc',
  seconds: 1.5,
  ended: '2026-01-01T00:00:02.000Z',
  host: 'here',
  ...more,
});
