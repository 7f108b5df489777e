import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fork } from '../../../src/core/random.js';
import { loadState, saveState } from '../../../src/io/checkpoint/savedState.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-kept-')));
beforeAll(async () => {
  await tf.setBackend('cpu');
});
afterAll(() => rmSync(root, { recursive: true }));
const box = (): string => mkdtempSync(join(root, 'box-'));

describe('saveState and loadState', () => {
  it('keep a state in a folder, and leave no tensor beside it', async () => {
    const folder = join(box(), 'made');
    expect(await loadState(folder)).toBeUndefined();
    const w = tf.tensor1d([0.1, -0, Number.NaN]);
    for (const step of [1, 2, 3]) await saveState(folder, { step, w, random: fork(1, step) });
    const before = tf.memory().numTensors;
    const back = await loadState<{ readonly w: tf.Tensor }>(folder);
    expect(tf.memory().numTensors).toBe(before + 1);
    expect(back).toMatchObject({ step: 3, random: fork(1, 3) });
    expect(await back?.w.data()).toEqual(await w.data());
  });

  it('touch no folder of others', async () => {
    const folder = box();
    writeFileSync(join(folder, 'thesis.tex'), 'x');
    const problem = `${folder} holds something else (thesis.tex): take an empty or a new folder`;
    await expect(saveState(folder, 1)).rejects.toThrow(`saveState: ${problem}`);
    await expect(loadState(folder)).rejects.toThrow(`loadState: ${problem}`);
    expect(readdirSync(folder)).toEqual(['thesis.tex']);
    const file = join(folder, 'thesis.tex');
    await expect(saveState(file, 1)).rejects.toThrow(`saveState: ${file} is no folder`);
  });

  it('leave what somebody put beside checkpoints', async () => {
    const folder = box();
    await saveState(folder, 1);
    mkdirSync(join(folder, 'notes'));
    await saveState(folder, 2);
    expect(readdirSync(folder)).toContain('notes');
    expect(await loadState(folder)).toBe(2);
  });

  it('say in their own name what is wrong', async () => {
    await expect(saveState(box(), { a: [new Map()] })).rejects.toThrow("saveState: state.a.0 is {}, which can't be kept");
    await expect(loadState('')).rejects.toThrow('loadState: place must be the path of a file or a folder, got ""');
  });
});
