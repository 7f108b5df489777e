import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { BoundName } from '../../src/updates/halfBound.js';
import { boundedChange, boundLower, boundUpper, fullBound } from '../../src/updates/parameterBounds.js';

const [min, max] = [-1, 3]; // neither is 0, so that sums and differences of the two are told apart
const parameters = [-0.5, 0, 1.25, 2.5];
const [ups, downs] = [
  [0.5, 1, 2, 4],
  [1, 0.25, 3, 0.5],
];
const [exponentUpper, exponentLower] = [2, 3];

/** What is let through of a part with room `room` up to its bound, by the definition. */
function factor(bound: BoundName, room: number, exponent: number): number {
  switch (bound) {
    case 'power':
      return room ** exponent;
    case 'scaledPower':
      return (room / (max - min)) ** exponent;
    case 'multiplicative':
      return room;
    case 'scaledMultiplicative':
      return room / (max - min);
    case 'sharp':
      return room > 0 ? 1 : 0;
  }
}

const names: readonly BoundName[] = ['power', 'scaledPower', 'multiplicative', 'scaledMultiplicative', 'sharp'];

describe.each(names)('%s', (bound) => {
  const wantedUp = parameters.map((p, index) => (ups[index] ?? 0) * factor(bound, max - p, exponentUpper));
  const wantedDown = parameters.map((p, index) => (downs[index] ?? 0) * factor(bound, p - min, exponentLower));
  const expectAll = async (result: tf.Tensor, wanted: readonly number[]) => {
    const values = Array.from(await result.data());
    expect(values).toHaveLength(wanted.length);
    wanted.forEach((value, index) => {
      expect(values[index]).toBeCloseTo(value, 4);
    });
  };

  it('of both sides follows its formula', async () => {
    const both = fullBound({ bound, min, max, exponentUpper, exponentLower });
    await expectAll(
      boundedChange(parameters, ups, downs, both),
      wantedUp.map((up, index) => up - (wantedDown[index] ?? 0)),
    );
  });

  it('of one side follows its formula', async () => {
    const range = max - min;
    await expectAll(boundUpper(parameters, ups, { bound, limit: max, exponent: exponentUpper, range }), wantedUp);
    await expectAll(boundLower(parameters, downs, { bound, limit: min, exponent: exponentLower, range }), wantedDown);
  });

  it('beyond the limit: sharp lets nothing through, the others push back or out by the power', async () => {
    const [below, above] = [min - 1, max + 1];
    const range = max - min;
    await expectAll(boundUpper([above], [1], { bound, limit: max, exponent: 3, range }), [factor(bound, -1, 3)]);
    await expectAll(boundLower([below], [1], { bound, limit: min, exponent: 3, range }), [factor(bound, -1, 3)]);
  });
});

describe('a bound that is left out', () => {
  it('of one side leaves that side as it is', async () => {
    const upper = fullBound({ bound: 'multiplicative', min: null, max });
    const lower = fullBound({ bound: 'multiplicative', min: 2, max: null });
    expect(upper).toEqual({ upper: { bound: 'multiplicative', limit: 3, exponent: 1, range: 1 }, lower: undefined });
    expect(lower).toEqual({ upper: undefined, lower: { bound: 'multiplicative', limit: 2, exponent: 1, range: 1 } });
    expect(Array.from(await boundedChange([1], [0.5], [0.25], upper).data())).toEqual([0.5 * 2 - 0.25]);
    expect(Array.from(await boundedChange([4], [0.5], [0.25], lower).data())).toEqual([0.5 - 0.25 * 2]);
  });

  it('of both sides leaves the difference', async () => {
    expect(Array.from(await boundedChange([1, 2], [0.5, 1], [0.25, 4]).data())).toEqual([0.25, -3]);
  });

  it('as a field of a half is 1', async () => {
    expect(Array.from(await boundUpper([1], [0.5], { bound: 'scaledPower', limit: 3 }).data())).toEqual([1]);
    expect(Array.from(await boundLower([1], [0.5], { bound: 'power', limit: -1 }).data())).toEqual([1]);
  });
});
