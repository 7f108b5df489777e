import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  type BoundName,
  boundedChange,
  boundLower,
  boundUpper,
  fullBound,
  type ParameterBounds,
} from '../../src/updates/parameterBounds.js';
import { applyUpdates } from '../../src/updates/updater.js';
import { agreement, expectClose, type GoldenCase, type GoldenTensor, goldenCase, goldenCases, goldenTensor } from './load.js';
import { at } from './series.js';

const camel = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as BoundName;

const halves = ({ params: { bound, min, max, upper, lower } }: GoldenCase): ParameterBounds => ({
  upper: { bound: camel(bound), limit: max, exponent: upper.power, range: upper.range },
  lower: { bound: camel(bound), limit: min, exponent: lower.power, range: lower.range },
});
const full = ({ params: { bound, min, max } }: GoldenCase): ParameterBounds => fullBound({ bound: camel(bound), min, max });

/** A side that the peer left empty is null. */
const entries = (series: GoldenTensor | readonly (GoldenTensor | null)[], time: number): readonly tf.Tensor[] => {
  const side = Array.isArray(series) ? (series[time] as GoldenTensor | null) : at(series as GoldenTensor, time);
  return side === null ? [] : [goldenTensor(side, [1, 0])];
};

describe.each([
  { cases: 'inferno_bound__half_', boundsOf: halves },
  { cases: 'inferno_bound__full_', boundsOf: full },
])('the updater with $cases', ({ cases, boundsOf }) => {
  it.each(goldenCases(cases))('%s', async (_, golden) => {
    const { inputs, expected } = golden;
    const bounds = boundsOf(golden);
    let w = goldenTensor(inputs.weight, [1, 0]);
    for (let time = 0; time < inputs.pre.shape[0]; time++) {
      const updates = { positive: entries(expected.pos, time), negative: entries(expected.neg, time) };
      w = applyUpdates(w, updates, bounds);
      await expectClose(w, at(expected.weight, time), agreement, [1, 0]);
    }
  });
});

describe('Inferno bounding functions', () => {
  const golden = goldenCase('inferno_fn__bounding');
  const { params, inputs, expected } = golden;
  let param: tf.Tensor;
  let pos: tf.Tensor;
  let neg: tf.Tensor;
  beforeEach(() => {
    [param, pos, neg] = [goldenTensor(inputs.param), goldenTensor(inputs.pos), goldenTensor(inputs.neg)];
  });
  const exponents: Readonly<Record<string, number>> = { upper_power: params.upper_power, upper_scaled_power: params.upper_power };

  it.each(Object.keys(expected).filter((name) => /^(upper|lower)_/.test(name) && !name.endsWith('_half')))('%s', async (name) => {
    const [side = '', kind = ''] = /^(upper|lower)_(.*)$/.exec(name)?.slice(1) ?? [];
    const exponent = exponents[name] ?? params.lower_power;
    const half = { bound: camel(kind), limit: side === 'upper' ? params.max : params.min, exponent, range: params.range };
    const got = side === 'upper' ? boundUpper(param, pos, half) : boundLower(param, neg, half);
    await expectClose(got, expected[name]);
  });

  it.each(['full_multiplicative', 'full_scaled_multiplicative', 'full_sharp'])('%s', async (name) => {
    const bounds = fullBound({ bound: camel(name.replace('full_', '')), min: params.min, max: params.max });
    await expectClose(boundedChange(param, pos, neg, bounds), expected[name]);
  });

  it('full_multiplicative_maxonly, full_sharp_minonly: the other side stays as it is', async () => {
    const upper = fullBound({ bound: 'multiplicative', min: null, max: params.max });
    await expectClose(boundedChange(param, pos, neg, upper), expected.full_multiplicative_maxonly);
    const lower = fullBound({ bound: 'sharp', min: params.min, max: null });
    await expectClose(boundedChange(param, pos, neg, lower), expected.full_sharp_minonly);
  });

  it.each([
    ['upper_power_half', (half: { bound: 'power'; limit: number; exponent: number }) => boundUpper(param, pos, half), 'max'],
    ['lower_power_half', (half: { bound: 'power'; limit: number; exponent: number }) => boundLower(param, neg, half), 'min'],
  ] as const)('%s: 0 beyond the limit, where Inferno gives NaN', async (name, apply, limit) => {
    const wanted = expected[name] as GoldenTensor;
    expect(wanted.data).toContain('NaN');
    const got = apply({ bound: 'power', limit: params[limit], exponent: params.half_power });
    await expectClose(got, { ...wanted, data: wanted.data.map((value) => (value === 'NaN' ? 0 : value)) });
  });

  it.each(['power', 'scaledPower'] as const)(
    'full %s bounds work (Inferno hands the exponent over wrongly and crashes)',
    async (bound) => {
      const both = fullBound({ bound, min: params.min, max: params.max, exponentUpper: 2, exponentLower: 1 });
      const name = bound === 'power' ? 'power' : 'scaled_power';
      const parts = tf.sub(goldenTensor(expected[`upper_${name}`]), goldenTensor(expected[`lower_${name}`]));
      const wanted = { shape: parts.shape, dtype: 'float32', data: Array.from(await parts.data()) };
      await expectClose(boundedChange(param, pos, neg, both), wanted);
    },
  );
});
