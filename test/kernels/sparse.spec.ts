import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { everyRule, makeNamed, usual } from '../../property-tests/everyRule.js';
import { randomUniform } from '../../src/core/random.js';
import { scan } from '../../src/core/scan.js';
import { useKernels } from '../../src/kernels/tensors/current.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { Rule } from '../../src/rules/rule.js';
import { stepOf } from '../../src/rules/stepOf.js';
import { sparse } from '../../src/topologies/sparse.js';
import { weightDependences } from '../../src/updates/weightDependence.js';
import { kernelsWanted } from '../target.js';

const [inputs, outputs, steps] = [23, 17, 7];
const wiring = sparse({ probability: 0.3, seed: 4 }, { inputs, outputs });
const synapses = wiring.weightShape?.([inputs], [outputs])[0] ?? Number.NaN;

const spikes = (shape: readonly number[], density: number, seed: number) =>
  tf.tensor(
    randomUniform(
      shape.reduce((size, length) => size * length, 1),
      seed,
    ).map((value) => Number(value < density)),
    [...shape],
  );
const weights = () => tf.tensor1d(randomUniform(synapses, 1, 0.2, 0.8));

/** A run of a rule in each of the ways that there are. */
function ways<State>(rule: Rule<State>, batch: readonly number[], density: number) {
  const [pre, post] = [spikes([steps, ...batch, inputs], density, 2), spikes([steps, ...batch, outputs], density, 3)];
  const reward = rule.reads.includes('reward') ? { reward: 0.5 } : {};
  const shapes = { pre: [...batch, inputs], post: [...batch, outputs] };
  const stepped = (donate: boolean) => {
    let [w, state]: [tf.Tensor, State] = [weights(), rule.init(shapes)];
    for (let time = 0; time < steps; time++) {
      const at = { pre: tf.unstack(pre)[time] as tf.Tensor, post: tf.unstack(post)[time] as tf.Tensor, ...reward };
      [w, state] = rule.step(at, w, state, { donate });
    }
    return w;
  };
  const [[scanned]] = scan(stepOf(rule), [weights(), rule.init(shapes)], { pre, post, ...reward });
  return { pure: stepped(false), donated: stepped(true), scanned };
}

const numbers = async (tensor: tf.Tensor) => Array.from(await tensor.data());

afterEach(() => useKernels(kernelsWanted));

describe.each(weightDependences)('pairs on a sparse layer, %s', (weightDependence) => {
  it.each([
    [[], 0.05],
    [[], 0.5],
    [[3], 0.1],
    [[3], 1],
  ])('batch %j, density %d: all ways give the same bits, and what the composition gives', async (batch, density) => {
    const rule = pairStdp({ etaPlus: 0.05, etaMinus: 0.04, weightDependence, batchReduction: 'mean' }, wiring);
    useKernels(true);
    const { pure, donated, scanned } = ways(rule, batch, density);
    expect(await donated.data()).toEqual(await pure.data());
    expect(await scanned.data()).toEqual(await pure.data());
    expect(await pure.data()).not.toEqual(await weights().data());
    useKernels(false);
    const composed = await numbers(ways(rule, batch, density).pure);
    expect(await numbers(pure)).toEqual(composed.map((value) => expect.closeTo(value, 5)));
  });
});

describe.each(everyRule)('%s on a sparse layer', (_, name, { params = {} }) => {
  it.each([[[]], [[2]]])('batch %j: gives on kernels what the composition gives', async (batch) => {
    const rule = makeNamed(name, { ...usual(name, wiring), ...params }, wiring);
    useKernels(true);
    const fused = ways(rule, batch, 0.3);
    useKernels(false);
    const composed = ways(rule, batch, 0.3);
    for (const way of ['pure', 'donated', 'scanned'] as const)
      expect(await numbers(fused[way])).toEqual((await numbers(composed[way])).map((value) => expect.closeTo(value, 5)));
  });
});

it('synapses that nothing touches stay as they are, bit for bit, but for the bounds of the first step', async () => {
  const rule = pairStdp({ wMin: 0, wMax: 1 }, wiring);
  const silent = { pre: tf.zeros([inputs]), post: tf.zeros([outputs]) };
  const given = tf.tensor1d(randomUniform(synapses, 5, -0.5, 1.5));
  let [w, state] = rule.step(silent, given, rule.init({ pre: [inputs], post: [outputs] }));
  const bounded = (await given.data()).map((value) => Math.min(Math.max(value, 0), 1));
  expect(await w.data()).toEqual(bounded);
  [w, state] = rule.step(silent, w, state, { donate: true });
  expect(await w.data()).toEqual(bounded);
});
