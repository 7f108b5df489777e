import type { Loops } from '../form.js';
import type { GoldenCase } from '../load.js';
import { at, golden, map, type Numbers, numbers, part, range, read, total, zeros } from './numbers.js';
import { drawnPotentials, drawnShape, fired, firstStep, last, pointwise, thresholded } from './spyketorchWaves.js';

export type Place = [feature: number, row: number, column: number];

/** The winners in the order in which they are picked: earliest spike first, then the larger potential at it. */
export function kWinners(potentials: Numbers, k: number, radius: number, spikes = map(potentials, Math.sign)): readonly Place[] {
  const [steps = 0, features = 0, height = 0, width = 0] = potentials.shape;
  const neurons = [features, height, width];
  const value = numbers(neurons, (f, y, x) => at(potentials, firstStep(spikes, f, y, x), f, y, x));
  const above = steps * Math.max(...map(spikes, (s, _, f, y, x) => s * at(value, f, y, x)).data);
  let scores = map(value, (found, f, y, x) => total(steps, (t) => at(spikes, t, f, y, x) * (found + above)));
  const winners: Place[] = [];
  while (winners.length < k) {
    const best = Math.max(...scores.data);
    if (best === 0 || scores.data.length === 0) break;
    const place = scores.data.indexOf(best);
    const [feature, row, column] = [Math.floor(place / (height * width)), Math.floor(place / width) % height, place % width];
    winners.push([feature, row, column]);
    scores = map(scores, (score, f, y, x) => {
      const near = radius > 0 && Math.abs(y - row) <= radius && Math.abs(x - column) <= radius;
      return f === feature || near ? 0 : score;
    });
  }
  return winners;
}

interface Question {
  readonly kwta: number;
  readonly inhibition_radius: number;
}

/** Winners for several numbers of them and radii. */
export const winnersOfMany: Loops = {
  expected: ({ inputs, expected }: GoldenCase) => {
    const [potentials, spikes] = [read(inputs.potentials), read(inputs.spikes)];
    const inhibited = pointwise(potentials);
    const cases = expected.cases.map((question: Question) => {
      const { kwta: k, inhibition_radius: radius } = question;
      return {
        ...question,
        winners: kWinners(potentials, k, radius, spikes),
        ...('winners_spikes_none' in question && { winners_spikes_none: kWinners(potentials, k, radius) }),
        winners_after_pointwise: kWinners(inhibited, k, radius),
      };
    });
    return { ...(inputs.pointwise === undefined && { pointwise: golden(inhibited) }), cases };
  },
  draw: (dice) => {
    const threshold = dice.number(0.3, 2);
    const potentials = thresholded(read(drawnPotentials(dice, drawnShape(dice))), threshold);
    const question = () => ({
      ...{ kwta: dice.integer(1, 6), inhibition_radius: dice.integer(0, 3) },
      ...(dice.chance(0.5) && { winners_spikes_none: 0 }),
    });
    return {
      params: { threshold },
      inputs: { potentials: golden(potentials), spikes: golden(map(potentials, Math.sign)) },
      expected: { cases: range(dice.integer(1, 4)).map(question) },
    };
  },
};

/**
 * The winner of a decision layer, whose spikes are the signs of the last potentials. It is the largest of these; but where
 * all are negative the peer picks the most negative, or none when there is one step.
 */
export function decided({ inputs }: GoldenCase): { readonly [way in 'asThePeer' | 'right']: readonly Place[] } {
  const potentials = read(inputs.potentials);
  const asThePeer = kWinners(potentials, 1, 0, fired(potentials));
  const final = part(potentials, last(potentials));
  if (!final.data.every((value) => value < 0)) return { asThePeer, right: asThePeer };
  const [, height = 0, width = 0] = final.shape;
  const place = final.data.indexOf(Math.max(...final.data));
  return { asThePeer, right: [[Math.floor(place / (height * width)), Math.floor(place / width) % height, place % width]] };
}

/** The decision layer: the sign of the last step alone, which may be negative. */
export const decision: Loops = {
  expected: (given) => ({ spikes: golden(fired(read(given.inputs.potentials))), winners: decided(given).asThePeer }),
  draw: (dice) => {
    const [low, high] = dice.one([-1, 1], [-2, -0.1], [0.1, 2]) as [number, number];
    return { params: {}, inputs: { potentials: dice.values(drawnShape(dice), low, high) }, expected: { spikes: 0 } };
  },
};

export const silence: Loops = {
  expected: ({ inputs }) => {
    const potentials = read(inputs.potentials);
    return { winners: kWinners(potentials, potentials.shape[1] ?? 1, 0), pointwise: golden(pointwise(potentials)) };
  },
  draw: (dice) => ({ params: {}, inputs: { potentials: golden(zeros(drawnShape(dice))) }, expected: { pointwise: 0 } }),
};
