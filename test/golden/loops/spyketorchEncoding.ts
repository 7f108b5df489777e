import type { Loops } from '../form.js';
import type { GoldenCase } from '../load.js';
import { at, atOr, golden, map, type Numbers, numbers, range, read, reshaped, total } from './numbers.js';

/** A square of responses, minus their mean, over their largest value. */
function normalized(size: number, response: (row: number, column: number) => number): Numbers {
  const middle = (size - 1) / 2;
  const plain = numbers([size, size], (i, j) => response(i - middle, j - middle));
  const mean = total(plain.data.length, (n) => plain.data[n] ?? 0) / plain.data.length;
  const most = Math.max(...plain.data) - mean;
  return map(plain, (value) => (value - mean) / most);
}

/** Difference of two Gaussians. */
export const dog = (size: number, sigma1: number, sigma2: number): Numbers =>
  normalized(size, (row, column) => {
    const gauss = (sigma: number) => Math.exp(-(row ** 2 + column ** 2) / (2 * sigma ** 2)) / sigma ** 2;
    return (gauss(sigma1) - gauss(sigma2)) / (2 * Math.PI);
  });

const gabor = (size: number, degrees: number, div = 4): Numbers => {
  const [wavelength, theta] = [(2 * size) / div, (degrees * Math.PI) / 180];
  return normalized(size, (row, column) => {
    const along = column * Math.sin(theta) + row * Math.cos(theta);
    const across = column * Math.cos(theta) - row * Math.sin(theta);
    const envelope = Math.exp(-(along ** 2 + (0.3 * across) ** 2) / (2 * (0.8 * wavelength) ** 2));
    return envelope * Math.cos((2 * Math.PI * along) / wavelength);
  });
};

export const kernels: Loops = {
  expected: ({ params }) => {
    const named = (name: string, list: readonly Numbers[]) => list.map((kernel, index) => [`${name}_${index}`, golden(kernel)]);
    return Object.fromEntries([
      ...named(
        'dog',
        params.dog.map(([size, s1, s2]: [number, number, number]) => dog(size, s1, s2)),
      ),
      ...named(
        'gabor',
        params.gabor.map(([size, degrees]: [number, number]) => gabor(size, degrees)),
      ),
    ]);
  },
  draw: (dice) => {
    const some = <T>(one: () => T) => range(dice.integer(1, 3)).map(one);
    const size = () => dice.one(3, 5, 7);
    return {
      params: {
        dog: some(() => [size(), dice.number(0.3, 0.9), dice.number(1, 2)]),
        gabor: some(() => [size(), dice.number(0, 180)]),
      },
      inputs: {},
    };
  },
};

/** Responses of kernels, the smaller ones centred in the size of the largest; what stays below the threshold is 0. */
function filtered(image: Numbers, kernels: readonly Numbers[], padding: number, threshold: number): Numbers {
  const [, , height = 0, width = 0] = image.shape;
  const side = Math.max(...kernels.map(({ shape }) => shape[0] ?? 0));
  const places = (length: number) => length + 2 * padding - side + 1;
  return numbers([1, kernels.length, places(height), places(width)], (_, k, y, x) => {
    const kernel = kernels[k] ?? image;
    const own = kernel.shape[0] ?? 0;
    const border = (side - own) / 2;
    const sum = total(own, (i) =>
      total(own, (j) => at(kernel, i, j) * atOr(0, image, 0, 0, y + border + i - padding, x + border + j - padding)),
    );
    return sum < threshold ? 0 : sum;
  });
}

/** Each value over the mean of the square around it, with zeros outside. */
const localNormalization = (images: Numbers, radius: number): Numbers =>
  map(images, (value, b, c, y, x) => {
    const side = 2 * radius + 1;
    const sum = total(side, (i) => total(side, (j) => atOr(0, images, b, c, y + i - radius, x + j - radius)));
    return value / (sum / side ** 2 + 1e-12);
  });

/** The largest values first, as many in each step; what is left over never fires. Cumulative: [T, C, H, W]. */
function latencies(intensities: Numbers, steps: number): Numbers {
  const order = [...range(intensities.data.length)].sort((a, b) => (intensities.data[b] ?? 0) - (intensities.data[a] ?? 0));
  const each = Math.floor(intensities.data.filter((value) => value !== 0).length / steps);
  const rank = new Map(order.map((place, index) => [place, index]));
  const data = range(steps).flatMap((t) => range(order.length).map((place) => ((rank.get(place) ?? 0) < (t + 1) * each ? 1 : 0)));
  return { shape: [steps, ...intensities.shape.slice(1)], data };
}

/** What is filtered, normalised and turned into a wave of spikes. */
export const encode: Loops = {
  expected: ({ params, inputs }) => {
    const kernels = params.dog.map(([size, s1, s2]: [number, number, number]) => dog(size, s1, s2));
    const responses = filtered(read(inputs.image), kernels, params.padding, params.threshold);
    const even = localNormalization(responses, params.normalization_radius);
    const spikes = latencies(even, params.timesteps);
    const flat = reshaped(even, even.shape.slice(1));
    return {
      ...{ filtered: golden(responses), normalized: golden(even), spikes: golden(spikes) },
      latency: golden(map(spikes, (spike, _, c, y, x) => spike * at(flat, c, y, x))),
    };
  },
  draw: (dice) => ({
    params: {
      dog: range(dice.integer(1, 3)).map(() => [dice.one(3, 5), dice.number(0.4, 0.9), dice.number(1, 2)]),
      ...{ padding: dice.integer(1, 3), threshold: dice.number(1, 10), normalization_radius: dice.integer(1, 3) },
      timesteps: dice.integer(1, 7),
    },
    inputs: { image: dice.values([1, 1, dice.integer(9, 13), dice.integer(9, 13)], 0, 255) },
  }),
};

/** Raises what is larger than its neighbours, by a share for each of them that depends on its distance. */
export const lateralIntensity: Loops = {
  expected: ({ params, inputs }: GoldenCase) => {
    const [percents, x] = [params.percents as readonly number[], read(inputs.x)];
    const radius = percents.length;
    const side = 2 * radius + 1;
    const kernel = numbers([1, 1, side, side], (_, __, i, j) => {
      const distance = Math.max(Math.abs(i - radius), Math.abs(j - radius));
      return distance === 0 ? 0 : (percents[distance - 1] ?? 0);
    });
    const raised = (value: number, b: number, c: number, y: number, column: number) =>
      total(side, (i) =>
        total(side, (j) => {
          const neighbour = atOr(0, x, b, c, y + i - radius, column + j - radius);
          return value > neighbour ? at(kernel, 0, 0, i, j) : 0;
        }),
      );
    return {
      y: golden(map(x, (value, ...n) => value * (1 + raised(value, ...(n as [number, number, number, number]))))),
      kernel: golden(kernel),
    };
  },
  draw: (dice) => ({
    params: { percents: range(dice.integer(1, 3)).map(() => dice.number(0.05, 0.3)) },
    inputs: { x: dice.values([dice.integer(1, 2), dice.integer(1, 3), dice.integer(3, 7), dice.integer(3, 7)]) },
  }),
};
