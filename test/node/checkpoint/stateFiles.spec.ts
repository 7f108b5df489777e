import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../src/backends/useBackend.js';
import { readNpz } from '../../../src/formats/numpy/readNpz.js';
import { readSafetensors } from '../../../src/formats/safetensors/readSafetensors.js';
import { loadState, saveState } from '../../../src/io/checkpoint/savedState.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-states-')));
beforeAll(() => useBackend('cpu'));
afterAll(() => rmSync(root, { recursive: true }));
const box = (): string => mkdtempSync(join(root, 'box-'));

describe('saveState and loadState of files', () => {
  it('keep the last state alone, whose arrays other tools read by name', async () => {
    const folder = box();
    const [tensors, archive] = [join(folder, 'run.safetensors'), join(folder, 'run.NPZ')];
    for (const file of [tensors, archive]) {
      expect(await loadState(file)).toBeUndefined();
      for (const step of [1, 2]) await saveState(file, { step, layer: { w: tf.tensor1d([step, -0]) } });
      expect(await loadState(file)).toMatchObject({ step: 2 });
    }
    expect(readdirSync(folder).sort()).toEqual(['run.NPZ', 'run.safetensors']);
    const w = { dtype: 'float32', shape: [2], data: Float32Array.of(2, -0) };
    expect(readSafetensors(readFileSync(tensors)).arrays).toEqual({ 'layer.w': w });
    expect(await readNpz(readFileSync(archive), 'run', { only: ['layer.w'] })).toEqual({ 'layer.w': w });
  });

  it('name the file that is damaged, is something else, or can’t be written', async () => {
    const file = join(box(), 'run.safetensors');
    await saveState(file, { w: tf.zeros([100]) });
    truncateSync(file, 500);
    await expect(loadState(file)).rejects.toThrow(`loadState: ${file} is truncated`);
    writeFileSync(file, 'weights');
    await expect(loadState(file)).rejects.toThrow(`loadState: ${file} is truncated: 7 bytes`);
    await expect(loadState(root.replace(/$/, '/x.npz/y.npz'))).resolves.toBeUndefined();
    const nowhere = join(root, 'nowhere', 'run.npz');
    await expect(saveState(nowhere, {})).rejects.toThrow(`saveState: ${nowhere} can't be written: ENOENT`);
    const other = join(root, 'run.json');
    const problem = `${other} is no name of a file of a state: take .safetensors or .npz, or a folder`;
    await expect(saveState(other, {})).rejects.toThrow(`saveState: ${problem}`);
    await expect(loadState(other)).rejects.toThrow(`loadState: ${problem}`);
    await expect(saveState(file, { run: () => 1 })).rejects.toThrow('saveState: state.run is a function');
    expect(readFileSync(file, 'utf8')).toBe('weights');
  });
});
