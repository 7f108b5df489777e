import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, golden, map, type Numbers, numbers, part, range, read, sizeOf } from './numbers.js';

/** Spikes that remain, membranes [B, C, H, W] after inhibition, and who won. */
interface Outcome {
  readonly spikes: Numbers;
  readonly membrane: Numbers;
  readonly winner_mask: Numbers;
}

/** In each map of each image the spiking neuron with the highest potential, if `wins` lets it. */
function oneForEachMap(spikes: Numbers, membrane: Numbers, potential: Numbers, wins: (potential: number) => boolean): Outcome {
  const [images = 0, maps = 0, height = 0, width = 0] = spikes.shape;
  const winners = new Map<number, number>();
  for (const map of range(images * maps)) {
    const places = range(height * width).map((place) => map * height * width + place);
    const spiking = places.filter((place) => (spikes.data[place] ?? 0) > 0);
    const best = Math.max(...spiking.map((place) => potential.data[place] ?? 0));
    const winner = spiking.find((place) => potential.data[place] === best);
    if (winner !== undefined && wins(best)) winners.set(map, winner);
  }
  const mask = { shape: spikes.shape, data: spikes.data.map((_, place) => Number([...winners.values()].includes(place))) };
  const kept = { shape: spikes.shape, data: spikes.data.map((spike, place) => spike * (mask.data[place] ?? 0)) };
  const data = membrane.data.map((value, place) => (winners.has(Math.floor(place / (height * width))) ? 0 : value));
  return { spikes: kept, membrane: { shape: membrane.shape, data }, winner_mask: mask };
}

export const global = (spikes: Numbers, membrane: Numbers, potential = membrane): Outcome =>
  oneForEachMap(spikes, membrane, potential, () => true);
const byMembrane = (spikes: Numbers, membrane: Numbers): Outcome =>
  oneForEachMap(spikes, membrane, membrane, (potential) => potential > 0);

/** Spikes stay; around each of them the membranes of all maps are 0. */
export function local(spikes: Numbers, membrane: Numbers, radius: number): Outcome {
  const [, maps = 0, height = 0, width = 0] = spikes.shape;
  const silenced = map(membrane, (value, b, _, y, x) => {
    const near = range(maps * height * width).some((place) => {
      const [c, row, column] = [Math.floor(place / (height * width)), Math.floor(place / width) % height, place % width];
      return Math.abs(row - y) <= radius && Math.abs(column - x) <= radius && at(spikes, b, c, row, column) > 0;
    });
    return near ? 0 : value;
  });
  return { spikes, membrane: silenced, winner_mask: spikes };
}

const recorded = ({ spikes, membrane, winner_mask }: Outcome) => ({
  ...{ spikes: golden(spikes), membrane: golden(membrane), winner_mask: golden(winner_mask) },
});

export const functions: Loops = {
  expected: ({ params, inputs }) => {
    const input = (name: string): Numbers => read(inputs[name]);
    const [spikes, membrane] = [input('spikes'), input('membrane')];
    return {
      global_: recorded(global(spikes, membrane)),
      global_prereset: recorded(global(spikes, membrane, input('pre_reset_membrane'))),
      local: recorded(local(spikes, membrane, params.radius)),
      by_membrane: recorded(byMembrane(spikes, membrane)),
      global_negative: recorded(global(input('spikes_neg'), input('membrane_neg'))),
      by_membrane_negative: recorded(byMembrane(input('spikes_neg'), input('membrane_neg'))),
    };
  },
  draw: (dice) => {
    const shape = drawnShape(dice);
    return {
      params: { radius: dice.integer(0, 3) },
      inputs: {
        ...{
          spikes: dice.spikes(shape, 0.2),
          membrane: dice.values(shape, -1, 2),
          pre_reset_membrane: dice.values(shape, -1, 2),
        },
        ...{ spikes_neg: dice.spikes(shape, 0.3), membrane_neg: dice.values(shape, -2, -0.1) },
      },
    };
  },
};

export const drawnShape = (dice: Dice) => [dice.integer(1, 3), dice.integer(1, 4), dice.integer(1, 6), dice.integer(1, 6)];

interface Question {
  readonly spikes: GoldenTensor;
  readonly potentials: GoldenTensor | null;
}

/** The first step with a spike; among several the highest potential, the first of equals; random without potentials. */
function winner({ spikes, potentials }: Question) {
  const wave = read(spikes);
  const time = range(wave.shape[0] ?? 0).find((t) => part(wave, t).data.some((value) => value > 0));
  if (time === undefined) return { winner: null, loc: null, time: null };
  const now = part(wave, time);
  const spiking = range(now.data.length).filter((place) => (now.data[place] ?? 0) > 0);
  const heights = potentials === null ? now.data : read(potentials).data;
  const best = Math.max(...spiking.map((place) => heights[place] ?? 0));
  const place = spiking.find((one) => heights[one] === best) ?? 0;
  const [, height = 0, width = 0] = now.shape;
  return { winner: Math.floor(place / (height * width)), loc: [Math.floor(place / width) % height, place % width], time };
}

export const findWinner: Loops = {
  expected: ({ expected }: GoldenCase) => ({
    cases: expected.cases.map((question: Question) => ({ ...question, ...winner(question) })),
  }),
  draw: (dice) => {
    const one = (): Question => {
      const shape = [dice.integer(1, 3), dice.integer(1, 4), dice.integer(1, 4)];
      const steps = dice.integer(1, 6);
      const alone = dice.integer(0, steps * sizeOf(shape) - 1);
      if (dice.chance(0.3)) {
        const data = range(steps * sizeOf(shape)).map((place) => Number(place === alone));
        return { spikes: golden({ shape: [steps, ...shape], data }), potentials: null };
      }
      const potentials = dice.chance(0.3) ? golden(numbers(shape, () => -2)) : dice.values(shape, -1, 1);
      return { spikes: dice.spikes([steps, ...shape], dice.one(0, 0.1, 0.3)), potentials };
    };
    return { params: {}, inputs: {}, expected: { cases: range(dice.integer(1, 6)).map(one) } };
  },
};

export const lateral: Loops = {
  expected: ({ params, inputs }) => ({
    potentials: golden(
      map(read(inputs.potentials), (value, _, y, x) => (y === params.winner_y && x === params.winner_x ? 0 : value)),
    ),
  }),
  draw: (dice) => {
    const [maps = 1, height = 1, width = 1] = drawnShape(dice).slice(1);
    return {
      params: {
        winner_map: dice.integer(0, maps - 1),
        winner_y: dice.integer(0, height - 1),
        winner_x: dice.integer(0, width - 1),
      },
      inputs: { potentials: dice.values([maps, height, width], -1, 2) },
    };
  },
};
