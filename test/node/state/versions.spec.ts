import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../src/backends/useBackend.js';
import { randomUniform } from '../../../src/core/random.js';
import {
  AdaptiveThreshold,
  ConvergenceTracker,
  EligibilitySTDP,
  MSTDPET,
  STDPLearner,
  WTAInhibition,
} from '../../../src/entries/learners.js';
import { loadState } from '../../../src/io/checkpoint/savedState.js';
import { plasticLayer } from '../../../src/networks/closedLoop/plasticLayer.js';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';
import { tripletStdp } from '../../../src/rules/triplet/tripletStdp.js';
import { stateFromBytes, stateToBytes } from '../../../src/state/stateBytes.js';
import { unpackState } from '../../../src/state/stateFile.js';
import { conv1d } from '../../../src/topologies/conv1d.js';

/**
 * Files that versions of the format wrote, and that are read for ever: of `walked(start(), 4)`, by `saveState`; `…-after` of
 * `walked(start(), 8)`.
 */
const files = join(import.meta.dirname, 'files');
const versions = ['version1.safetensors', 'version1.npz'];

const values = (shape: readonly number[], seed: number): tf.Tensor =>
  tf.tensor(randomUniform(tf.util.sizeFromShape([...shape]), seed), [...shape]);
const spikes = (shape: readonly number[], seed: number): tf.Tensor => tf.cast(tf.less(values(shape, seed), 0.4), 'float32');

const layer = plasticLayer(pairStdp({ etaPlus: 0.1 }), { inhibition: 0.5 });

/** Of everything one, before its first step. */
function start() {
  const rule = tripletStdp({ etaPostPair: 0.1, etaPostTriplet: 0.05, maxDelay: 2 }, conv1d({ pad: 1 }));
  const trainer = new MSTDPET();
  trainer.registerCell('hidden', { w: values([3, 2], 1), pre: [3], post: [2] });
  return {
    ...{ step: 0, big: 2n ** 70n, odd: [Number.NaN, -0, Number.NEGATIVE_INFINITY], text: 'weights, état', nothing: null },
    ...{ bytes: Uint8Array.of(1, 2, 255), mask: tf.tensor1d([true, false], 'bool'), counts: tf.tensor1d([-7, 7], 'int32') },
    ...{ rule, w: values([2, 2, 2], 2), state: rule.init({ pre: [4, 2], post: [5, 2] }) },
    closed: layer.init(values([3, 2], 3)),
    ...{ trainer, threshold: new AdaptiveThreshold(2, [2, 2]), tracker: new ConvergenceTracker(2, [2, 2]) },
    ...{ wta: new WTAInhibition({ mode: 'both' }, 2, [2, 2]), learner: new STDPLearner() },
    layered: new EligibilitySTDP({ one: { w: values([3, 2], 4) } }),
  };
}

/** One step of everything. */
async function next(now: ReturnType<typeof start>): Promise<ReturnType<typeof start>> {
  const { step, rule, trainer, threshold, tracker, wta, learner, layered } = now;
  const [w, state] = rule.step({ pre: spikes([4, 2], step), post: spikes([5, 2], step + 50) }, now.w, now.state);
  const [closed] = layer.step(now.closed, spikes([3], step + 100));
  trainer.step('hidden', { pre: spikes([3], step), post: spikes([2], step + 50), reward: 0.5 });
  if (step % 3 === 2) trainer.apply();
  threshold.update(spikes([1, 2, 2, 2], step));
  tracker.update(spikes([1, 2, 2, 2], step));
  wta.forward(spikes([1, 2, 2, 2], step), values([1, 2, 2, 2], step));
  await learner.updateWeightsForWinner(values([2, 2, 1], step), values([4, 4, 1], step), 0.5, 1, 1, 2);
  layered.updateState({ one: { pre: spikes([3], step), post: spikes([2], step + 50) } });
  layered.step(0.5);
  return { ...now, step: step + 1, w, state, closed };
}

async function walked(from: ReturnType<typeof start>, steps: number): Promise<ReturnType<typeof start>> {
  let now = from;
  for (let step = 0; step < steps; step++) now = await next(now);
  return now;
}

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-versions-')));
afterAll(() => rmSync(root, { recursive: true }));

describe('files of every version of the format', () => {
  beforeAll(() => useBackend('cpu'));

  it.each(versions)('%s is read, and goes on to what it came to when it was written', async (name) => {
    const file = join(files, name);
    const like = start();
    const now = (await loadState(file, like)) ?? expect.unreachable('it is there');
    expect(now).toMatchObject({ step: 4, big: 2n ** 70n, odd: [Number.NaN, -0, Number.NEGATIVE_INFINITY], rule: like.rule });
    const after = await walked(now, 4);
    const known = unpackState(readFileSync(join(files, 'version1-after.safetensors')));
    expect(unpackState(await stateToBytes(after))).toStrictEqual(known);
    expect(await stateFromBytes(readFileSync(file))).toHaveProperty('trainer.cells.hidden.w'); // without anything given
  });

  it.each(versions)('%s is refused where it is of a later version', async (name) => {
    const bytes = readFileSync(join(files, name));
    const later = Buffer.from(bytes.toString('latin1').replace('"version":"1"', '"version":"7"'), 'latin1');
    const file = join(root, name);
    writeFileSync(file, later);
    await expect(loadState(file)).rejects.toThrow(
      name.endsWith('npz')
        ? `loadState: __metadata__.npy in ${file} is damaged`
        : `loadState: ${file} is of version 7 of states, version 1 is read here: take a newer tfjs-stdp`,
    );
  });
});
