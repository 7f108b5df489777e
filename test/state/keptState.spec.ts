import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { fork } from '../../src/core/random.js';
import { loadState, saveState } from '../../src/state/keptState.js';

const stateOf = (step: number) => ({
  step,
  random: fork(3, step),
  w: tf.tensor2d([[0.1, -0, 1e-45]]),
  counts: tf.tensor1d([-7], 'int32'),
  fired: tf.tensor1d([true, false], 'bool'),
  spikes: Float64Array.of(Number.NaN, 1 / 3),
});

/** Handlers as tfjs has them; `pieces`: what they read comes in so many. */
function memory(pieces = 1): tf.io.IOHandler & { readonly kept: tf.io.ModelArtifacts[] } {
  const kept: tf.io.ModelArtifacts[] = [];
  const load = async (): Promise<tf.io.ModelArtifacts> => {
    const last = kept.at(-1) ?? {};
    const data = last.weightData;
    if (pieces === 1 || !(data instanceof ArrayBuffer)) return last;
    return { ...last, weightData: [data.slice(0, 9), data.slice(9)] };
  };
  const save = async (made: tf.io.ModelArtifacts): Promise<tf.io.SaveResult> => {
    kept.push(made);
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(made) };
  };
  return { kept, save, load };
}

async function expectKept(place: string | tf.io.IOHandler): Promise<void> {
  await saveState(place, stateOf(1));
  await saveState(place, stateOf(2));
  const back = await loadState<ReturnType<typeof stateOf>>(place);
  const [now, wanted] = [back ?? expect.unreachable('nothing is kept'), stateOf(2)];
  expect([now.step, now.random, now.spikes]).toEqual([wanted.step, wanted.random, wanted.spikes]);
  for (const name of ['w', 'counts', 'fired'] as const) {
    expect([now[name].shape, now[name].dtype]).toEqual([wanted[name].shape, wanted[name].dtype]);
    expect(await now[name].data()).toEqual(await wanted[name].data());
  }
}

describe('saveState and loadState', () => {
  it.each([1, 2])('keep a state with a handler that gives %s pieces', async (pieces) => {
    await expectKept(memory(pieces));
  });

  it('refuse what a handler has of others, and what is damaged', async () => {
    const [model, damaged] = [memory(), memory()];
    await model.save?.({ format: 'layers-model', weightData: new ArrayBuffer(8) });
    await expect(loadState(model)).rejects.toThrow('loadState: the place holds something else than a state of tfjs-stdp');
    await saveState(damaged, stateOf(1));
    const [{ weightData } = {}] = damaged.kept;
    new Uint8Array(weightData as ArrayBuffer)[40] = 0;
    await expect(loadState(damaged)).rejects.toThrow(/^loadState: the place (is damaged|has|tells)/);
  });

  it('say why a handler fails, and what is no place', async () => {
    const full: tf.io.IOHandler = {
      save: () => Promise.reject(new Error('no room')),
      load: () => Promise.reject(new Error('gone')),
    };
    await expect(saveState(full, 1)).rejects.toThrow("saveState: the place can't be written: no room");
    await expect(loadState(full)).rejects.toThrow("loadState: the place can't be read: gone");
    await expect(loadState({ save: full.save } as tf.io.IOHandler)).rejects.toThrow(
      'loadState: place must be a name, or what loads for tfjs, got { save: a function }',
    );
    await expect(saveState('', 1)).rejects.toThrow('saveState: place must be a name, or what saves for tfjs, got ""');
    await expect(saveState('other://x', 1)).rejects.toThrow("saveState: 'other://x' is not known to tfjs here");
    await expect(saveState(memory(), { a: () => 1 })).rejects.toThrow('saveState: state.a is a function');
  });

  it.runIf(typeof window === 'object')('keep names in the IndexedDB of a browser, apart from models', async () => {
    const name = `run ${performance.timeOrigin}`;
    expect(await loadState(name)).toBeUndefined();
    expect(await loadState('localstorage://nothing')).toBeUndefined();
    await expectKept(name);
    await expectKept('localstorage://small');
    expect(Object.keys(await tf.io.listModels())).toContain(`indexeddb://state/${name}`);
    await tf.io.removeModel(`indexeddb://state/${name}`);
    await tf.io.removeModel('localstorage://small');
    expect(await loadState(name)).toBeUndefined();
  });

  it.skipIf(typeof window === 'object')('keep no names where there is no browser', async () => {
    const problem = "'x' is not known to tfjs here; names are kept by browsers, folders by tfjs-stdp/node";
    await expect(saveState('x', 1)).rejects.toThrow(`saveState: ${problem}`);
    await expect(loadState('x')).rejects.toThrow(`loadState: ${problem}`);
  });
});
