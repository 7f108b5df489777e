import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { randomUniform } from '../../src/core/random.js';
import { kernelsOnHost } from '../../src/kernels/tensors/current.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import type { Topology } from '../../src/topologies/topology.js';
import { applyDelta } from '../../src/updates/applyDelta.js';
import type { Delta } from '../../src/updates/delta.js';
import { changeConstants, fusedChange } from '../../src/updates/fusedChange.js';
import { perSample } from '../../src/updates/perSample.js';
import type { UpdateParams } from '../../src/updates/updateParams.js';

const draw = (shape: readonly number[], seed: number): tf.Tensor =>
  tf.tensor(randomUniform(tf.util.sizeFromShape([...shape]), seed), [...shape]);

const update: UpdateParams = {
  ...{ etaPlus: 0.5, etaMinus: 0.25, weightDependence: 'soft', mu: 0 },
  ...{ wMin: -1, wMax: 2, hardBound: true, weightDecay: 0, batchReduction: 'sum' },
};
const [w, x, y] = [() => draw([3, 2], 1), () => draw([4, 3], 2), () => draw([4, 2], 3)];
const isFused = (delta: Delta, given: Partial<UpdateParams> = {}, topology: Topology = dense, weights = w()): boolean =>
  fusedChange(weights, delta, topology, { ...update, ...given }) !== undefined;
const both = (): Delta => ({ potentiation: [{ pre: x(), post: y() }], depression: [{ pre: x(), post: y() }] });

describe('the kernels take', () => {
  const [kernel, image] = [() => draw([3, 3, 1, 2], 4), () => draw([2, 5, 5, 1], 5)];
  const map = () => draw([2, 3, 3, 2], 6);

  it.each<[string, () => boolean]>([
    ['a layer', () => isFused(both())],
    ['the mean over the batch', () => isFused(both(), { batchReduction: 'mean' })],
    ['one side alone', () => isFused({ ...both(), potentiation: [] })],
    [
      'a factor 1 on either side, also first',
      () => isFused({ potentiation: [{ pre: 1, post: y() }], depression: [{ pre: x(), post: 1 }] }),
    ],
    ['a convolution', () => isFused({ potentiation: [{ pre: image(), post: map() }], depression: [] }, {}, conv2d(), kernel())],
  ])('%s', (_, fused) => {
    expect(fused()).toBe(kernelsOnHost());
  });

  it.each<[string, () => boolean]>([
    ['weights that decay', () => isFused(both(), { weightDecay: 0.5 })],
    ['rates per neuron', () => isFused(both(), { etaPlus: [1, 2] })],
    ['rates per neuron of the other side', () => isFused(both(), { etaMinus: [1, 2] })],
    ['exponents per neuron', () => isFused(both(), { weightDependence: 'multiplicativePow', mu: [1, 2] })],
    ['the largest of the batch', () => isFused(both(), { batchReduction: 'max' })],
    ['changes per sample', () => isFused({ ...both(), depression: [{ perSample: draw([4, 3, 2], 7) }] })],
    ['nothing', () => isFused({ potentiation: [], depression: [] })],
    ['nothing of the inputs', () => isFused({ potentiation: [{ pre: 1, post: y() }], depression: [] })],
    ['nothing of the outputs', () => isFused({ potentiation: [{ pre: x(), post: 1 }], depression: [] })],
    ['wiring of the user', () => isFused(both(), {}, { ...dense })],
    [
      'a factor 1 in a convolution, where the padding would count',
      () =>
        isFused(
          { potentiation: [{ pre: image(), post: map() }], depression: [{ pre: image(), post: 1 }] },
          {},
          conv2d(),
          kernel(),
        ),
    ],
    ['batches that differ', () => isFused({ ...both(), depression: [{ pre: draw([2, 3], 8), post: draw([2, 2], 9) }] })],
    ['outputs that differ', () => isFused({ ...both(), depression: [{ pre: x(), post: draw([2, 2], 9) }] })],
    [
      'no weights',
      () => isFused({ potentiation: [{ pre: draw([4, 0], 1), post: y() }], depression: [] }, {}, dense, draw([0, 2], 1)),
    ],
  ])('but not %s', (_, fused) => {
    expect(fused()).toBe(false);
  });

  it('bounds as limits only where they are hard', () => {
    const [soft, open] = [
      { code: 7, mu: 0 },
      { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY },
    ];
    const numbers = { etaPlus: 0.5, etaMinus: 0.25, wMin: -1, wMax: 2 };
    const { code } = changeConstants(update, update) ?? soft;
    expect(changeConstants(update, update)).toEqual({ ...soft, code, ...numbers, low: -1, high: 2 });
    expect(changeConstants(update, { ...update, hardBound: false })).toEqual({ ...soft, code, ...numbers, ...open });
  });
});

describe('one change of the weights, by a plain loop', () => {
  const cases = (['sum', 'mean'] as const).flatMap((batchReduction) =>
    [0, 0.25].flatMap((weightDecay) =>
      [0.5, [0.5, 2]].flatMap((etaPlus) =>
        [true, false].map((hardBound) => ({ batchReduction, weightDecay, etaPlus, hardBound })),
      ),
    ),
  );

  it.each(cases)('%j', async (given) => {
    const [weights, pre, post] = [await w().data(), await x().data(), await y().data()];
    const share = given.batchReduction === 'mean' ? 1 / 4 : 1;
    const wanted = Array.from(weights, (old, index) => {
      const [row, column] = [Math.floor(index / 2), index % 2];
      const sum = (of: (sample: number) => number) => share * [0, 1, 2, 3].reduce((total, sample) => total + of(sample), 0);
      const up = sum((sample) => (pre[sample * 3 + row] ?? 0) * (post[sample * 2 + column] ?? 0));
      const down = sum((sample) => post[sample * 2 + column] ?? 0);
      const room = (old + 1) * (2 - old);
      const rate = [given.etaPlus].flat()[column] ?? [given.etaPlus].flat()[0] ?? 0;
      const changed = (old + rate * up * room - 0.25 * down * room) * (1 - given.weightDecay);
      return given.hardBound ? Math.min(2, Math.max(-1, changed)) : changed;
    });
    const delta: Delta = { potentiation: [{ pre: x(), post: y() }], depression: [{ pre: 1, post: y() }] };
    const { batchReduction, etaPlus, ...bounds } = given;
    const scaling = { etaPlus, etaMinus: 0.25, weightDependence: 'soft', mu: 0 } as const;
    const changed = applyDelta(w(), delta, dense, scaling, { wMin: -1, wMax: 2, ...bounds }, batchReduction);
    expect(Array.from(await changed.data())).toEqual(wanted.map((value) => expect.closeTo(value, 5)));
  });

  it('with an exponent per neuron', async () => {
    const scaling = { etaPlus: 1, etaMinus: 1, weightDependence: 'multiplicativePow', mu: [1, 2] } as const;
    const delta: Delta = { potentiation: [{ pre: tf.ones([1, 1]), post: tf.ones([1, 2]) }], depression: [] };
    const changed = applyDelta([[0.5, 0.5]], delta, dense, scaling, { wMin: 0, wMax: 2, hardBound: false });
    expect(Array.from(await changed.data())).toEqual([0.5 + 1.5, 0.5 + 1.5 ** 2]);
  });
});

it('perSample: one change per sample, of a factor 1 too', async () => {
  const [shape, maps] = [[3, 3, 2, 2], draw([2, 3, 3, 2], 6)];
  const changes = perSample({ pre: 1, post: maps }, conv2d(), shape);
  expect(changes.shape).toEqual([2, ...shape]);
  const [values, post] = [await changes.data(), await maps.data()];
  for (let sample = 0; sample < 2; sample++) {
    for (let map = 0; map < 2; map++) {
      const sum = Array.from({ length: 9 }, (_, position) => post[(sample * 9 + position) * 2 + map] ?? 0).reduce(
        (a, b) => a + b,
      );
      for (let tap = 0; tap < 18; tap++) expect(values[(sample * 18 + tap) * 2 + map]).toBeCloseTo(sum, 5);
    }
  }
});
