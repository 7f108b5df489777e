import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import type { Dice } from './dice.js';
import { at, golden, map, type Numbers, numbers, range, read, series, total, zeros } from './numbers.js';
import { drawnPotentials, fired, pointwise, pooled, thresholded } from './spyketorchWaves.js';
import { kWinners, type Place } from './spyketorchWinners.js';

/** How many steps each neuron of a cumulative wave fires: the more, the earlier. */
const early = (wave: Numbers): Numbers => {
  const [steps = 0, ...neurons] = wave.shape;
  return numbers(neurons, (...n) => total(steps, (t) => at(wave, t, ...n)));
};

/** Whether each input of a winner fired before it or with it: [in, kh, kw]. */
const pairing = (input: Numbers, output: Numbers, [feature, row, column]: Place, shape: readonly number[]): Numbers =>
  numbers(shape.slice(1), (c, i, j) => (at(input, c, row + i, column + j) >= at(output, feature, row, column) ? 1 : 0));

/** One call of the peer's STDP: of two winners of a feature the last counts; all weights are clamped. */
function learn(w: Numbers, input: Numbers, output: Numbers, winners: readonly Place[], params: GoldenCase['params']): Numbers {
  const { learning_rate: rates, lower_bound: low = 0, upper_bound: high = 1 } = params;
  const stabilized = params.use_stabilizer === undefined || Boolean(params.use_stabilizer);
  const pairs = new Map(winners.map((winner) => [winner[0], pairing(input, output, winner, w.shape)]));
  return map(w, (weight, f, c, i, j) => {
    const pair = pairs.get(f);
    const [up, down] = Array.isArray(rates[0]) ? rates[f] : rates;
    const rate = pair === undefined ? 0 : at(pair, c, i, j) === 1 ? up : down;
    const next = weight + rate * (stabilized ? (weight - low) * (high - weight) : 1);
    return Math.min(Math.max(next, low), high);
  });
}

const winnersOf = ({ params, inputs }: GoldenCase): readonly Place[] => {
  if (inputs.winners !== undefined) return inputs.winners;
  if (inputs.potentials === undefined) return [];
  const potentials = thresholded(read(inputs.potentials), params.threshold);
  return kWinners(potentials, params.kwta, params.inhibition_radius, read(inputs.output_spikes));
};

export const stdp: Loops = {
  expected: (given) => {
    const { inputs, expected, params } = given;
    const w = read(inputs.weight);
    const winners = winnersOf(given);
    const input = early(read(inputs.input_spikes));
    const output = inputs.output_spikes === undefined ? zeros([0]) : early(read(inputs.output_spikes));
    const several = expected.weight.shape.length > w.shape.length;
    let weight = w;
    const after = range(several ? expected.weight.shape[0] : 1).map(() => {
      weight = learn(weight, input, output, winners, params);
      return weight;
    });
    return {
      weight: several ? series(after) : golden(weight),
      ...('winners' in expected && { winners }),
      ...('pairings' in expected && {
        pairings: series(
          winners.map((winner) => pairing(input, output, winner, w.shape)),
          'bool',
        ),
      }),
    };
  },
  draw: (dice) => {
    const [steps, channels, height, width] = [dice.integer(2, 7), dice.integer(1, 3), dice.integer(4, 7), dice.integer(4, 7)];
    const shape = [dice.integer(2, 4), channels, dice.integer(1, 3), dice.integer(1, 3)];
    const places = [shape[0] ?? 0, height - (shape[2] ?? 0) + 1, width - (shape[3] ?? 0) + 1];
    const [low, high] = dice.one([0, 1], [0.2, 0.8]) as [number, number];
    const rates = () =>
      dice.chance(0.8) ? [dice.number(0.01, 0.1), dice.number(-0.1, -0.01)] : [dice.number(-0.1, -0.01), dice.number(0.01, 0.1)];
    const params = {
      learning_rate: dice.chance(0.6) ? rates() : range(shape[0] ?? 0).map(rates),
      ...(dice.chance(0.6) && { use_stabilizer: dice.integer(0, 1) }),
      ...(low !== 0 && { lower_bound: low, upper_bound: high }),
    };
    const [least, most] = dice.one([low, high], [low - 0.1, high + 0.2]) as [number, number];
    const inputs = {
      input_spikes: drawnWave(drawnPotentials(dice, [steps, channels, height, width])),
      weight: dice.values(shape, least, most),
    };
    return drawnWinners(dice, [steps, ...places], params, inputs);
  },
};

const drawnWave = (potentials: GoldenTensor): GoldenTensor => golden(fired(read(potentials), 0.5));

/** Winners that are given, or to be found, or none. */
function drawnWinners(
  dice: Dice,
  waves: readonly number[],
  params: object,
  inputs: { readonly weight: GoldenTensor; readonly input_spikes: GoldenTensor },
) {
  const once = { weight: inputs.weight };
  if (dice.chance(0.15)) return { params, inputs, expected: once };
  const threshold = dice.number(0.3, 2);
  const potentials = drawnPotentials(dice, waves);
  const output_spikes = golden(fired(read(potentials), threshold));
  const [, features = 1, height = 1, width = 1] = waves;
  if (dice.chance(0.4)) {
    const winner = () => [dice.integer(0, features - 1), dice.integer(0, height - 1), dice.integer(0, width - 1)];
    return { params, inputs: { ...inputs, output_spikes, winners: range(dice.integer(1, 3)).map(winner) }, expected: once };
  }
  const found = { ...params, threshold, kwta: dice.integer(1, 4), inhibition_radius: dice.integer(0, 2) };
  const calls = golden(zeros([dice.integer(1, 3), ...inputs.weight.shape]));
  const winners = kWinners(thresholded(read(potentials), threshold), found.kwta, found.inhibition_radius, read(output_spikes));
  const fields =
    winners.length === 0
      ? { weight: calls, winners: 0 }
      : dice.one<object>({ weight: calls, winners: 0, pairings: 0 }, { ...once, winners: 0 });
  return { params: found, inputs: { ...inputs, potentials, output_spikes }, expected: fields };
}

/** The sum of each window with a kernel, at every step. */
const convolved = (wave: Numbers, w: Numbers): Numbers => {
  const [steps = 0, channels = 0, height = 0, width = 0] = wave.shape;
  const [out = 0, , kh = 0, kw = 0] = w.shape;
  return numbers([steps, out, height - kh + 1, width - kw + 1], (t, o, y, x) =>
    total(channels, (c) => total(kh, (i) => total(kw, (j) => at(wave, t, c, y + i, x + j) * at(w, o, c, i, j)))),
  );
};

const padded = (wave: Numbers, border: number): Numbers => {
  const [steps = 0, channels = 0, height = 0, width = 0] = wave.shape;
  return numbers([steps, channels, height + 2 * border, width + 2 * border], (t, c, y, x) => {
    const [row, column] = [y - border, x - border];
    return row < 0 || column < 0 || row >= height || column >= width ? 0 : at(wave, t, c, row, column);
  });
};

/** How the layers are joined, in the words of a case: "2/2 then pad 1". */
export function poolOf(words: string): { readonly size: number; readonly stride: number; readonly pad: number } {
  const [, size, stride, pad] = /^(\d+)\/(\d+) then pad (\d+)$/.exec(words) ?? [];
  if (pad === undefined) throw new Error(`'${words}' does not say how the layers are joined`);
  return { size: Number(size), stride: Number(stride), pad: Number(pad) };
}

/** Two layers, trained one after the other on the same images. */
export const network: Loops = {
  expected: ({ params, inputs }) => {
    const { size, stride, pad } = poolOf(params.pool);
    const whole = read(inputs.images);
    const [count = 0, ...shape] = whole.shape;
    const images = range(count).map((n) =>
      padded(
        numbers(shape, (...index) => at(whole, n, ...index)),
        params.pad,
      ),
    );
    const train = (waves: readonly Numbers[], start: Numbers, threshold: number, k: number, radius: number) => {
      let w = start;
      const after = waves.map((wave) => {
        const potentials = pointwise(thresholded(convolved(wave, w), threshold));
        const winners = kWinners(potentials, k, radius);
        w = learn(w, early(wave), early(map(potentials, Math.sign)), winners, params);
        return { winners, w };
      });
      return { winners: after.map(({ winners }) => winners), after: series(after.map(({ w }) => w)), w };
    };
    const first = train(images, read(inputs.w1), params.threshold1, params.kwta1, params.r1);
    const hidden = images.map((image) =>
      padded(pooled(fired(convolved(image, first.w), params.threshold1), size, stride, 0), pad),
    );
    const second = train(hidden, read(inputs.w2), params.threshold2, params.kwta2, params.r2);
    return { winners1: first.winners, w1: first.after, winners2: second.winners, w2: second.after };
  },
  draw: (dice) => {
    const [count, steps, channels, side] = [dice.integer(1, 3), dice.integer(2, 6), dice.integer(1, 2), dice.integer(6, 9)];
    const [maps, kernel, outs, pool] = [dice.integer(2, 4), dice.one(2, 3), dice.integer(2, 4), dice.one(1, 2)];
    const images = range(count).flatMap(() => drawnWave(drawnPotentials(dice, [steps, channels, side, side])).data);
    return {
      params: {
        ...{
          learning_rate: [dice.number(0.01, 0.1), dice.number(-0.08, -0.01)],
          threshold1: dice.number(1, 5),
          threshold2: dice.number(0.5, 3),
        },
        ...{ kwta1: dice.integer(1, 4), r1: dice.integer(0, 2), kwta2: dice.integer(1, 3), r2: dice.integer(0, 2) },
        ...{ pad: dice.integer(0, 2), pool: `${pool + 1}/${pool} then pad ${dice.integer(0, 1)}` },
      },
      inputs: {
        images: { shape: [count, steps, channels, side, side], dtype: 'float32', data: images },
        w1: dice.values([maps, channels, kernel, kernel], 0.2, 1),
        w2: dice.values([outs, maps, 2, 2], 0.2, 1),
      },
    };
  },
};
