import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { acquireLock } from '../../src/io/progress/lock.js';
import { loadRun } from '../../src/io/runFolder.js';
import { attempted } from '../../src/sweep/attempts.js';
import { planRuns, type RunRequest } from '../../src/sweep/plan.js';
import { runOne } from '../../src/sweep/runOne.js';
import { RunInterrupted } from '../../src/sweep/runResult.js';
import { sweepDataOf } from '../../src/sweep/sweepData.js';
import { digitFiles, writeFolder } from './program.js';
import { doneResult, fewImages, newFolder, specOf, tiny } from './sweeps.js';

const few = fewImages();

async function requestOf(given: object): Promise<RunRequest> {
  const spec = specOf({ data: few, ...given });
  for (const { request } of planRuns(spec, await sweepDataOf(spec))) return request;
  throw new Error('no run was planned');
}

const latency = { set: tiny };
const competitive = {
  preset: 'diehlCook2015',
  set: { 'layer.neurons': [10], 'learning.images': [4], 'readout.images': [10], 'input.duration': [50] },
};

/** What a result tells but for where and when. */
const bits = ({ accuracy, confusion, weights, controlAccuracy }: Awaited<ReturnType<typeof runOne>>) => ({
  accuracy,
  confusion,
  weights,
  controlAccuracy,
});

describe('a run of a sweep', () => {
  it.each([
    ['latency', { ...latency, control: true }],
    ['competitive', competitive],
  ])('gives the same bits whenever it is done, interrupted or not: %s', async (_, given) => {
    const request = await requestOf(given);
    const whole = await runOne(request);
    expect(whole).toMatchObject({
      status: 'done',
      confusion: expect.any(Array),
      weights: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const folder = join(newFolder(), 'run');
    const abort = new AbortController();
    const stopped = runOne(request, { folder, signal: abort.signal, onProgress: () => abort.abort() });
    await expect(stopped).rejects.toBeInstanceOf(RunInterrupted);
    expect(readdirSync(dirname(folder))).toEqual(['run.progress']);
    let begun = '';
    const onProgress = (stage: string, done: number) => {
      if (begun === '') begun = `${stage} ${done}`;
    };
    expect(bits(await runOne(request, { folder, onProgress }))).toEqual(bits(whole));
    expect(begun).not.toMatch(/ 0$/);
    expect(readdirSync(dirname(folder))).toEqual([]);
    expect(bits(await runOne(request, { folder, keep: true }))).toEqual(bits(whole));
    expect((await loadRun(folder)).score?.accuracy).toBe(whole.accuracy);
    expect(bits(await runOne(request, { folder, keep: true }))).toEqual(bits(whole));
  });

  it('depends on its seed, its images and its settings', async () => {
    const results = await Promise.all(
      [{}, { seeds: [2] }, { train: 40 }, { set: { ...tiny, 'layers.0.threshold': [20] } }].map(async (more) =>
        runOne(await requestOf({ ...latency, ...more })),
      ),
    );
    expect(new Set(results.map(({ weights }) => weights)).size).toBe(4);
    expect(new Set(results.map(({ id }) => id)).size).toBe(4);
  });

  it('takes the images from elsewhere when they are the same', async () => {
    const request = await requestOf(latency);
    const moved = { ...request, data: { ...request.data, path: '/nowhere' } };
    await expect(runOne(moved)).rejects.toThrow(/nowhere does not exist/);
    expect(bits(await runOne(moved, { data: few }))).toEqual(bits(await runOne(request)));
    const other = writeFolder(join(newFolder(), 'other'), digitFiles(60, 31));
    await expect(runOne(request, { data: other })).rejects.toThrow(/holds other images than those of the sweep/);
  });

  it('is refused by another version of the library', async () => {
    const request = await requestOf(latency);
    await expect(runOne({ ...request, version: '0.0.0' })).rejects.toThrow('was planned with version 0.0.0');
  });

  it('leaves nothing behind, however often it keeps how far it has come', async () => {
    const request = await requestOf(latency);
    const parent = newFolder();
    const seen = new Set<string>();
    const onProgress = () => readdirSync(parent).forEach((name) => void seen.add(name));
    const whole = await runOne(request, { folder: join(parent, 'run'), onProgress });
    expect([...seen]).toEqual([]);
    expect(bits(await runOne(request, { folder: join(parent, 'run'), onProgress, checkpoint: 0 }))).toEqual(bits(whole));
    expect([[...seen], readdirSync(parent)]).toEqual([['run.progress'], []]);
  });

  it('is done from the beginning where what was kept is damaged, or another process has it', async () => {
    const request = await requestOf(latency);
    const [whole, folder] = [await runOne(request), join(newFolder(), 'run')];
    const progress = `${folder}.progress`;
    mkdirSync(progress);
    const lock = acquireLock(progress, 'test', 'progress');
    expect(bits(await runOne(request, { folder, checkpoint: 0 }))).toEqual(bits(whole));
    expect(readdirSync(progress)).toEqual(['lock.json']);
    lock.release();
    const abort = new AbortController();
    const stopped = runOne(request, { folder, signal: abort.signal, onProgress: () => abort.abort() });
    await expect(stopped).rejects.toBeInstanceOf(RunInterrupted);
    for (const name of readdirSync(progress)) writeFileSync(join(progress, name), 'damaged');
    expect(bits(await runOne(request, { folder }))).toEqual(bits(whole));
    expect(readdirSync(dirname(folder))).toEqual([]);
  });
});

describe('an attempt', () => {
  const never = new AbortController().signal;
  /** How often it was tried, and what came of it, when so many attempts fail by a reason. */
  const outcome = async (reason: unknown, failures: number, signal = never) => {
    let tries = 0;
    const attempt = async () => {
      if (++tries <= failures) throw reason;
      return doneResult('r');
    };
    return [tries, await attempted('r', attempt, signal, 0), tries] as const;
  };

  it('is made a few times after a crash', async () => {
    expect(await outcome(new Error('a crash'), 2)).toEqual([0, doneResult('r'), 3]);
    expect(await outcome(new Error('a crash'), 3)).toEqual([
      0,
      expect.objectContaining({ status: 'failed', error: { message: 'a crash', final: false } }),
      3,
    ]);
  });

  it('is made once where it would fail again, or was interrupted', async () => {
    const failed = expect.objectContaining({ status: 'failed', error: { message: 'a: b is wrong', final: true } });
    expect(await outcome(new StdpError('a', 'b', 'is wrong'), 1)).toEqual([0, failed, 1]);
    expect(await outcome(new RunInterrupted('stopped'), 1)).toEqual([0, undefined, 1]);
    const message = 'sweep: q was changed in the plan: what it asks for is named r';
    expect(await attempted('q', async () => doneResult('r'), never)).toMatchObject({ id: 'q', error: { message, final: true } });
    expect(await outcome(new Error('a crash'), 1, AbortSignal.abort())).toEqual([0, undefined, 1]);
  });
});
