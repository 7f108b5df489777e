import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyRule, makeNamed } from '../../property-tests/everyRule.js';
import { fixture } from '../../src/conformance/fixtures.js';
import { scan } from '../../src/core/scan.js';
import { plasticLayer } from '../../src/networks/closedLoop/plasticLayer.js';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import type { Rule } from '../../src/rules/rule.js';
import { type StateFormat, stateFormats, stateFromBytes, stateToBytes } from '../../src/state/stateBytes.js';
import { conv1d } from '../../src/topologies/conv1d.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import { lateral } from '../../src/topologies/lateral.js';
import { local2d } from '../../src/topologies/local2d.js';
import { masked } from '../../src/topologies/masked.js';
import { oneToOne } from '../../src/topologies/oneToOne.js';
import { sparse } from '../../src/topologies/sparse.js';
import { type Carrying, steps, subjects } from '../learners/subjects.js';
import { runs, sample } from '../target.js';

const halves = Array.from({ length: 5 }, (_, row) => Array.from({ length: 3 }, (_, column) => (row + column) % 2));
const topologies = [
  ...[dense, oneToOne, lateral, masked(dense, halves), sparse({ probability: 0.5, seed: 2 }, { inputs: 5, outputs: 4 })],
  ...[conv1d({ pad: 1 }), conv2d({ pad: 'same', strides: 2 }), local2d({ kernelSize: 2 })],
];

/** What it is after steps from one time to another. */
interface Run {
  readonly rule: Rule<object>;
  readonly w: tf.Tensor;
  readonly state: object;
}

/** A file of a state, read again. */
const again = async <State>(state: State, format: StateFormat, like?: State): Promise<State> =>
  stateFromBytes(await stateToBytes(state, { format }), like);

it('any rule on any wiring goes on from a file of either format, bit for bit', async () => {
  const cases = fc.record({
    given: fc.constantFrom(...everyRule),
    topology: fc.constantFrom(...topologies),
    batch: fc.constantFrom(undefined, 1, 2),
    seed: fc.nat(),
    before: fc.nat(3),
    after: fc.integer({ min: 1, max: 3 }),
    format: fc.constantFrom(...stateFormats),
    isLike: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(cases, async ({ given: [, name, setting], topology, batch, seed, before, after, format, isLike }) => {
      const rule = makeNamed(name, setting.params ?? {}, topology);
      const made = fixture(rule, seed, batch, setting.options?.input);
      const walk = (run: Run, from: number, to: number): Run => {
        let { w, state } = run;
        for (let time = from; time < to; time++) [w, state] = run.rule.step(made.spikes(time), w, state);
        return { rule: run.rule, w, state };
      };
      tf.engine().startScope('case');
      const start = { rule, w: made.weights(0.2, 0.8), state: rule.init(made.shapes) };
      const half = walk(start, 0, before);
      const resumed = await again(half, format, isLike ? start : undefined);
      const [whole, other] = [walk(half, before, before + after), walk(resumed, before, before + after)];
      expect(await stateToBytes(other)).toEqual(await stateToBytes(whole));
      tf.engine().endScope();
    }),
    { numRuns: runs(60) },
  );
});

it.each(sample(subjects))('a %s is kept among other things, and put back', async (_, it) => {
  const [unbroken, broken, resumed]: readonly Carrying[] = [it.make(), it.make(), it.make()];
  if (unbroken === undefined || broken === undefined || resumed === undefined) return expect.unreachable('three were made');
  await steps(it, unbroken, 0, 6);
  await steps(it, broken, 0, 3);
  const back = await again({ step: 3, object: broken }, 'npz', { step: 0, object: resumed });
  expect([back.step, back.object]).toEqual([3, resumed]);
  await steps(it, resumed, 3, 6);
  expect(await stateToBytes(resumed)).toEqual(await stateToBytes(unbroken));
  for (const object of [unbroken, broken, resumed]) object.dispose?.();
});

describe.each(stateFormats)('%s', (format) => {
  it('keeps a layer in closed loop', async () => {
    const layer = plasticLayer(pairStdp({ etaPlus: 0.1 }), { inhibition: 0.5 });
    const pre = tf.ones([4, 3]);
    const [half] = scan(layer.step, layer.init(tf.fill([3, 2], 0.5)), pre);
    const [resumed] = scan(layer.step, await again(half, format), pre);
    const [unbroken] = scan(layer.step, half, pre);
    expect(await stateToBytes(resumed)).toEqual(await stateToBytes(unbroken));
  });

  it('keeps numbers and tensors that JSON has no words for', async () => {
    const odd = [Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324];
    const state = { odd, one: -0, none: undefined, w: tf.tensor1d(odd), 'a.b': [1], a: { b: [2], '': null }, __metadata__: [3] };
    const back = await again(state, format);
    expect({ ...back, w: 0 }).toStrictEqual({ ...state, w: 0 });
    expect([...(await back.w.data())].map((value) => Object.is(value, -0) || value)).toEqual([
      ...[Number.NaN, true, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      Object.is((await state.w.data())[4], 0) ? 0 : (await state.w.data())[4],
    ]);
  });
});

describe('what is not like what is given is refused:', () => {
  const rule = pairStdp({ etaPlus: 0.1 });
  const kept = () => ({
    ...{ step: 3, rule, w: tf.zeros([2]), list: [tf.zeros([1]), 'a'] },
    ...{ history: [1, 2], bytes: new Uint8Array(2) },
  });

  it.each<[string, object | (() => object), string]>([
    [
      'a rule with other parameters',
      { rule: pairStdp({ etaPlus: 0.2 }) },
      'state.rule is another rule: params.etaPlus is 0.1 there, 0.2 here',
    ],
    [
      'a rule on another wiring',
      { rule: pairStdp({ etaPlus: 0.1 }, oneToOne) },
      'state.rule is another rule: topology.type is "dense" there, "oneToOne" here',
    ],
    ['another shape', () => ({ w: tf.zeros([3]) }), 'state.w is a tensor float32 [2] there, a tensor float32 [3] here'],
    ['another type', () => ({ w: tf.zeros([2], 'int32') }), 'state.w is a tensor float32 [2] there, a tensor int32 [2] here'],
    ['a field more', { seed: 1 }, 'state.seed is missing: what was saved holds step, rule, w, list, history, bytes'],
    ['another kind', { step: 'three' }, 'state.step is a number there, a string here'],
    ['another list', () => ({ list: [tf.zeros([1])] }), 'state.list has 2 entries there, 1 here'],
    ['other bytes', { bytes: new Uint8Array(3) }, 'state.bytes is Uint8Array of 2 there, Uint8Array of 3 here'],
  ])('%s', async (_, other, problem) => {
    const bytes = await stateToBytes(kept());
    const like = { ...kept(), ...(typeof other === 'function' ? other() : other) };
    const before = tf.memory().numTensors;
    await expect(stateFromBytes(bytes, like)).rejects.toThrow(`stateFromBytes: ${problem}`);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('but lists of numbers may have grown, and where nothing is given anything comes', async () => {
    const bytes = await stateToBytes(kept());
    const back = await stateFromBytes(bytes, { ...kept(), history: [], step: undefined, w: null });
    expect([back.history, back.step, back.w]).toEqual([[1, 2], 3, expect.any(tf.Tensor)]);
  });

  it('what stands there beside it', async () => {
    await expect(stateFromBytes(await stateToBytes(kept()), { step: 0 } as object)).rejects.toThrow(
      'stateFromBytes: state.rule is not asked for: what is given holds step',
    );
  });

  it('an object of another rule, and all objects go on as they did', async () => {
    const find = (name: string) => subjects.find(([title]) => title === name)?.[1] ?? expect.unreachable(name);
    const [threshold, pairs, triplets] = [find('AdaptiveThreshold').make(), find('STDP').make(), find('TripletSTDP').make()];
    const bytes = await stateToBytes({ threshold, trainer: pairs });
    await steps(find('AdaptiveThreshold'), threshold, 0, 2);
    const before = [await stateToBytes(threshold), await stateToBytes(triplets), tf.memory().numTensors];
    await expect(stateFromBytes(bytes, { threshold, trainer: triplets })).rejects.toThrow(
      /^stateFromBytes: state.trainer.cells.a is of another one: rule.rule is "\w+" there, "tripletStdp" here$/,
    );
    expect([await stateToBytes(threshold), await stateToBytes(triplets), tf.memory().numTensors]).toEqual(before);
    for (const object of [threshold, pairs, triplets]) object.dispose?.();
  });
});

it('a rule of one’s own comes back where it is given, and is refused where it is not', async () => {
  const own = { ...pairStdp(), params: { kernel: () => 1 }, topology: { ...dense } };
  const bytes = await stateToBytes({ w: tf.zeros([2]), own });
  expect((await stateFromBytes(bytes, { w: null, own })).own).toBe(own);
  const before = tf.memory().numTensors;
  await expect(stateFromBytes(bytes)).rejects.toThrow("stateFromBytes: state.own is a rule that can't be made anew here");
  expect(tf.memory().numTensors).toBe(before);
});
