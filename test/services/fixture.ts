import { type ChildProcess, spawn } from 'node:child_process';
import { orThrow } from '../../src/core/errors.js';
import { createSweep } from '../../src/sweep/createSweep.js';
import type { Engine, SweepProgress } from '../../src/sweep/engine.js';
import { runOne } from '../../src/sweep/runOne.js';
import { readPlan, readTally, type Sweep } from '../../src/sweep/sweepFolder.js';
import { validateSweepSpec } from '../../src/sweep/sweepSpec.js';
import { outcomeOf, toldOf } from '../../src/sweep/tally.js';
import { digitFiles, program, writeFolder } from '../node/program.js';

const set = { 'layers.0.maps': [3, 4], 'layers.0.threshold': [10, 12], 'layers.0.images': [20], 'readout.iterations': [10] };

/** Writes the images of the sweeps of these tests; returns their folder. */
export const writeImages = (folder: string): string => writeFolder(folder, digitFiles(20, 20));

/** Plans a sweep of four runs a seed, each of a moment, in a folder. */
export const plan = (folder: string, data: string, seeds: number): Promise<Sweep> =>
  createSweep(folder, orThrow(validateSweepSpec({ preset: 'quick', data, seeds, set })));

/** What must be the same, run by run. */
export type Table = readonly (readonly [id: string, outcome: string])[];

/** The runs of a sweep as this process does them, one after the other. */
export async function table(sweep: Sweep): Promise<Table> {
  const rows: [string, string][] = [];
  for (const { id, request } of readPlan(sweep)) rows.push([id, outcomeOf(toldOf(await runOne(request)))]);
  return rows;
}

/** The results in the folder of a sweep; a run that was done twice in two ways is left out. */
export function tableIn(sweep: Sweep): Table {
  const { done, differs } = readTally(sweep.dir);
  return Array.from(readPlan(sweep), ({ id }) => done.get(id))
    .filter((result) => result !== undefined)
    .filter(({ id }) => !differs.has(id))
    .map((result) => [result.id, outcomeOf(result)]);
}

/** A worker with a queue, in a process of its own; it is taken for lost after a second. */
export const startWorker = (url: string, ...more: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, 'worker', url, '--workers', '1', '--lock', '1', ...more], { stdio: 'ignore' });

/** Lets an engine work, and does something at each of these numbers of results, once. */
export async function runWith(
  engine: Engine,
  sweep: Sweep,
  url: string,
  at: { readonly [results: number]: (stop: () => void) => void | Promise<void> } = {},
): Promise<void> {
  const abort = new AbortController();
  const left = new Map(Object.entries(at));
  const work: Promise<void>[] = [];
  const doing = async (act: (stop: () => void) => void | Promise<void>) => {
    try {
      await act(() => abort.abort());
    } catch (reason) {
      abort.abort();
      throw reason;
    }
  };
  const onProgress = ({ done, failed }: SweepProgress) => {
    for (const [results, act] of left) {
      if (done + failed < Number(results)) continue;
      left.delete(results);
      work.push(doing(act));
    }
  };
  await engine.run(sweep, { url, signal: abort.signal, onProgress });
  await Promise.all(work);
}
