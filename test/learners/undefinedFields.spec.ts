import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import * as library from '../../src/entries/everything.js';

/** A record of the same names with nothing given. */
const leftOut = (record: object): object => Object.fromEntries(Object.keys(record).map((name) => [name, undefined]));

const trainers = Object.values(library).filter(
  (value): value is new (params: object) => library.Trainer<object> =>
    typeof value === 'function' && value.prototype instanceof library.Trainer,
);

it('there are trainers', () => expect(trainers.length).toBeGreaterThan(8));

describe('a field that is given as undefined is left out', () => {
  it.each(trainers.map((make) => [make.name, make] as const))('in the overrides of %s', (_, Make) => {
    const cell = { w: [[0.5]], pre: [1], post: [1] };
    const trainer = new Make({ batchReduction: 'max' });
    const plain = trainer.registerCell('plain', cell).rule.params;
    const overridden = trainer.registerCell('overridden', cell, leftOut(plain)).rule.params;
    trainer.dispose();
    expect(plain).toHaveProperty('batchReduction', 'max');
    expect(overridden).toEqual(plain);
  });

  const activity = () => ({
    hidden: { pre: tf.tensor4d([1, 0, 1, 1, 0, 1, 0, 0, 1], [1, 3, 3, 1]), post: tf.ones([1, 2, 2, 1]) },
  });
  it.each([
    ['EligibilitySTDP', library.EligibilitySTDP, { etaPlus: 0.1, tauPre: 5, positions: 'mean' }],
    ['FedeSTDP', library.FedeSTDP, { etaPlus: 0.1, tauPre: 5, gate: 'always' }],
  ] as const)('in the parameters of a layer of %s, and of the rule', async (_, make, params) => {
    const Make = make as new (layers: object, params?: object) => library.EligibilitySTDP;
    const learned = async (own: object | undefined, defaults?: object) => {
      const layer = { w: tf.fill([2, 2, 1, 1], 0.5), topology: library.conv2d() };
      const rule = new Make({ hidden: { ...layer, ...(own && { params: own }) } }, defaults);
      rule.updateState(activity());
      rule.step(2);
      const values = Array.from(await rule.weights('hidden').data());
      rule.dispose();
      return values;
    };
    expect(await learned(leftOut(params), params)).toEqual(await learned(undefined, params));
    expect(await learned(undefined, leftOut(params))).toEqual(await learned(undefined));
    expect(await learned(undefined, params)).not.toEqual(await learned(undefined));
  });

  it('in what an update takes from its scaling and its bounds, each of which may be a whole record', async () => {
    const delta = { potentiation: [{ pre: tf.ones([1, 1]), post: tf.ones([1, 1]) }], depression: [] };
    const { update } = library.pairStdp({ etaPlus: 0.1, hardBound: true });
    const changed = async (scaling: object, bounds: object) =>
      (await library.applyDelta([[0.5]], delta, library.dense, { ...update, ...scaling }, { ...update, ...bounds }).data())[0];
    expect(await changed({}, {})).toBeCloseTo(0.6, 6);
    expect(await changed({}, { etaPlus: undefined, mu: undefined, weightDependence: undefined })).toBeCloseTo(0.6, 6);
    expect(await changed({ wMin: undefined, wMax: undefined, hardBound: undefined }, {})).toBeCloseTo(0.6, 6);
    expect(await changed({}, { etaPlus: 0.3 })).toBeCloseTo(0.6, 6);
  });
});

it('a mask of winners among the options of a learner is not dropped', async () => {
  const learner = new library.STDPLearner();
  const [w, times] = [tf.fill([1, 1, 1, 1], 0.5), tf.ones([1, 2, 2, 1])];
  const winnerMask = tf.zeros([1, 2, 2, 1]);
  const update = (mask: tf.Tensor | undefined, options: object) => learner.computeBatchUpdate(w, times, times, mask, options);
  expect((await (await update(winnerMask, { winnerMask: undefined })).data())[0]).toBe(0);
  await expect(update(undefined, { winnerMask })).rejects.toThrow(
    'STDPLearner: options.winnerMask is not read: the mask is the fourth argument',
  );
});
