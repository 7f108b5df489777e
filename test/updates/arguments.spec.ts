import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { pairStdp } from '../../src/rules/pair/pairStdp.js';
import { dense } from '../../src/topologies/dense.js';
import { applyDelta } from '../../src/updates/applyDelta.js';
import { boundedChange, boundLower, boundUpper, fullBound } from '../../src/updates/parameterBounds.js';
import { applyUpdates, collect, noUpdates } from '../../src/updates/updater.js';

const scaling = { etaPlus: 0.5, etaMinus: 0.25, weightDependence: 'additive', mu: 0 } as const;
const open = { wMin: 0, wMax: 1, hardBound: false };
const nothing = { potentiation: [], depression: [] };
const rates = { etaPlus: 1, etaMinus: 1, batchReduction: 'sum' } as const;
const pairs = (pre: [number, number], post: [number, number]) => ({
  potentiation: [{ pre: tf.ones(pre), post: tf.ones(post) }],
  depression: [],
});
const samples = () => ({ potentiation: [{ perSample: tf.ones([2, 1, 1]) }], depression: [] });

describe('what is not known is refused', () => {
  it.each<[string, () => unknown, string]>([
    [
      'a bound',
      () => boundUpper([1], [1], { bound: 'hard' as never, limit: 1 }),
      `boundUpper: bound must be one of 'power', 'scaledPower', 'multiplicative', 'scaledMultiplicative', 'sharp', got "hard"`,
    ],
    [
      'a field of a half',
      () => boundLower([1], [1], { bound: 'sharp', limit: 1, max: 1 } as never),
      'boundLower: max is not a parameter; known are bound, limit, exponent, range',
    ],
    [
      'a field of a full bound',
      () => fullBound({ bound: 'sharp', min: 0, max: 1, exponent: 2 } as never),
      'fullBound: exponent is not a parameter',
    ],
    ['a limit left out', () => fullBound({ bound: 'sharp', max: 1 } as never), 'fullBound: min must be a finite number or null'],
    [
      'a side of bounds',
      () => boundedChange([1], [1], [1], { uper: { bound: 'sharp', limit: 1 } } as never),
      'boundedChange: bounds.uper is not a bound; known are upper, lower',
    ],
    [
      'a full bound as it was given',
      () => applyUpdates([1], noUpdates, { bound: 'sharp', min: 0, max: 1 } as never),
      'bounds.bound',
    ],
    [
      'a reduction',
      () => applyUpdates([1], noUpdates, {}, 'Mean' as never),
      `applyUpdates: reduction must be one of 'sum', 'mean', 'max' or a function, got "Mean"`,
    ],
    [
      'a rate of collect',
      () => collect(noUpdates, nothing, [[1]], dense, { ...rates, etaPlus: '1' as never }),
      'collect: etaPlus must be a finite number, got "1"',
    ],
    [
      'a limit of applyDelta',
      () => applyDelta([[0.5]], nothing, dense, scaling, { ...open, weightdecay: 0.5 } as never),
      'applyDelta: weightdecay is not a parameter; known are etaPlus',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('what does not fit is refused', () => {
  it.each<[string, () => unknown, string]>([
    ['an increase', () => boundUpper([1, 2], [1], { bound: 'sharp', limit: 1 }), 'positive has shape [1], the parameter has [2]'],
    [
      'exponents',
      () => boundUpper([1, 2], [1, 1], { bound: 'power', limit: 1, exponent: [1, 2, 3] }),
      'boundUpper: exponent has 3 values, the layer has 2 neurons',
    ],
    [
      'a waiting update',
      () => applyUpdates([1, 2], { positive: [tf.scalar(1)], negative: [] }),
      'applyUpdates: updates.positive[0] has shape [], the parameter has [2]',
    ],
    ['no updates at all', () => applyUpdates([1], undefined as never), 'applyUpdates: updates must be { positive, negative }'],
    [
      'a delta of another shape',
      () => collect(noUpdates, samples(), [[1, 2]], dense, rates),
      'collect: delta.potentiation[0].perSample has shape [2, 1, 1], needs [batch, 1, 2]',
    ],
    [
      'weights of another rank',
      () => applyDelta([1, 2], nothing, dense, scaling, open),
      'applyDelta: w has shape [2], needs rank 2',
    ],
    [
      'a delta that is none',
      () => applyDelta([[1]], 5 as never, dense, scaling, open),
      'applyDelta: delta must be { potentiation, depression }, got 5',
    ],
    [
      'terms that are none',
      () => applyDelta([[1]], { ...nothing, depression: [5] } as never, dense, scaling, open),
      'applyDelta: delta.depression[0] must be { pre, post } or { perSample }, got 5',
    ],
    [
      'outputs of another shape',
      () => applyDelta([[1, 2]], pairs([2, 1], [1, 2]), dense, scaling, open),
      'applyDelta: delta.potentiation[0].post has shape [1, 2], pre and w need [2, 2]',
    ],
    [
      'outputs of another number, beside the factor 1',
      () => applyDelta([[1, 2]], { ...nothing, depression: [{ pre: 1, post: tf.ones([2, 3]) }] }, dense, scaling, open),
      'applyDelta: delta.depression[0].post has 3 outputs, w [1, 2] needs 2',
    ],
    [
      'two factors 1',
      () => applyDelta([[1]], { ...nothing, depression: [{ pre: 1, post: 1 }] } as never, dense, scaling, open),
      'applyDelta: delta.depression[0] must have an activity as pre or as post, both are 1',
    ],
    [
      'batches of two sizes',
      () =>
        applyDelta([[1]], { ...pairs([3, 1], [3, 1]), depression: [{ perSample: tf.ones([2, 1, 1]) }] }, dense, scaling, open),
      'applyDelta: delta has terms of 3 and 2 samples, which must agree',
    ],
    [
      'batches of two sizes in pairs',
      () =>
        applyDelta(
          [[1]],
          { potentiation: pairs([3, 1], [3, 1]).potentiation, depression: pairs([2, 1], [2, 1]).potentiation },
          dense,
          scaling,
          open,
        ),
      'applyDelta: delta has terms of 3 and 2 samples, which must agree',
    ],
    ['no scaling', () => applyDelta([[1]], nothing, dense, 5 as never, open), 'applyDelta: scaling must be a record, got 5'],
    ['no bounds', () => applyDelta([[1]], nothing, dense, scaling, 5 as never), 'applyDelta: bounds must be a record, got 5'],
    [
      'limits in the wrong order',
      () => applyDelta([[1]], nothing, dense, scaling, { ...open, wMin: 2 }),
      'applyDelta: wMin must not be above wMax, got 2 and 1',
    ],
    [
      'a limit that is no number',
      () => applyDelta([[1]], nothing, dense, scaling, { ...open, wMin: '0' as never }),
      'applyDelta: wMin must be a finite number, got "0"',
    ],
    ['a decrease', () => boundedChange([1, 2], [1, 1], [1]), 'boundedChange: negative has shape [1], the parameter has [2]'],
    [
      'no rates of collect',
      () => collect(noUpdates, nothing, [[1]], dense, 5 as never),
      'collect: update must be a record, got 5',
    ],
    [
      'rates of another number',
      () => collect(noUpdates, nothing, [[1, 2]], dense, { ...rates, etaPlus: [1, 2, 3] }),
      'collect: etaPlus has 3 values, the layer has 2 neurons',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

describe('functions of the caller', () => {
  it.each<[string, () => unknown, string]>([
    ['bounds', () => applyUpdates([1, 2], noUpdates, () => tf.scalar(1)), 'applyUpdates: bounds gave shape [], needs [2]'],
    [
      'bounds of no tensor',
      () => boundedChange([1], [1], [1], (() => 1) as never),
      'boundedChange: bounds must give a tensor [1], gave 1',
    ],
    [
      'reductions',
      () => applyDelta([[1]], samples(), dense, scaling, open, ((all: tf.Tensor) => all) as never),
      'applyDelta: the reduction gave shape [2, 1, 1], needs [1, 1]',
    ],
    [
      'reductions of a rule',
      () => {
        const rule = pairStdp({ batchReduction: () => 1 as never });
        return rule.step({ pre: [[1]], post: [[1]] }, [[1]], rule.init({ pre: [1, 1], post: [1, 1] }));
      },
      'pairStdp: the reduction must give a tensor [1, 1], gave 1',
    ],
    [
      'weight dependences',
      () => applyDelta([[1]], samples(), dense, { ...scaling, weightDependence: () => tf.ones([3, 1]) }, open),
      'applyDelta: weightDependence gave shape [3, 1], needs [1, 1]',
    ],
  ])('%s are checked by what they give', (_, call, message) => {
    expect(call).toThrow(message);
  });
});

it('one sample goes with any number, equal limits hold a weight, rates may differ by neuron', async () => {
  const mixed = { ...pairs([3, 1], [3, 1]), depression: [{ perSample: tf.ones([1, 1, 1]) }] };
  expect(await applyDelta([[1]], mixed, dense, scaling, open).array()).toEqual([[1 + 0.5 * 3 - 0.25]]);
  const held = { wMin: 0.5, wMax: 0.5, hardBound: true };
  expect(await applyDelta([[1]], pairs([1, 1], [1, 1]), dense, scaling, held).array()).toEqual([[0.5]]);
  const doubled = { ...scaling, weightDependence: () => tf.scalar(2) }; // a factor of fewer axes than w
  expect(await applyDelta([[1]], pairs([1, 1], [1, 1]), dense, doubled, open).array()).toEqual([[1 + 0.5 * 2]]);
  const waiting = collect(noUpdates, pairs([2, 1], [2, 2]), [[1, 1]], dense, { ...rates, etaPlus: [1, 10] });
  expect(await applyUpdates([[1, 1]], waiting).array()).toEqual([[3, 21]]);
});

it('what a batch of no samples asks for is not NaN', async () => {
  const none = { potentiation: [{ perSample: tf.zeros([0, 1, 1]) }], depression: [] };
  const updates = collect(noUpdates, none, [[0.5]], dense, { ...rates, batchReduction: 'mean' });
  expect(updates).toEqual(noUpdates);
  expect(await applyUpdates([[0.5]], updates).array()).toEqual([[0.5]]);
});

it('integer exponents and integer parameters are numbers', async () => {
  const exponent = tf.tensor1d([2, 1], 'int32');
  const bounded = boundUpper(tf.tensor1d([3, 3], 'int32'), [1, 1], { bound: 'power', limit: 5, exponent });
  expect(Array.from(await bounded.data())).toEqual([4, 2]);
});

it('the update of a rule can be given as scaling and as bounds', async () => {
  const { update, topology } = pairStdp();
  expect(await applyDelta([[0.5]], nothing, topology, update, update, update.batchReduction).array()).toEqual([[0.5]]);
});
