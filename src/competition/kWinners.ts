import * as tf from '@tensorflow/tfjs-core';
import { floatAt } from '../core/at.js';
import { ensure, orThrow, type Validated } from '../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../core/params/schema.js';
import { anything, integerFrom, nothingMore, validateParams } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { sameShape, tidily, toFloat } from '../core/tensors.js';
import type { Winner } from './winner.js';

const fields = {
  /** At most so many winners. Default 1. */
  k: param(1, integerFrom(1)),
  /** A winner silences all maps within this many rows and columns of it; 0 silences none but its own map. Default 0. */
  inhibitionRadius: param(0, integerFrom(0)),
};

/** How many neurons may learn from one stimulus. */
export interface KWinnersParams extends ParamsOf<typeof fields> {}

const schema = paramsSchema<KWinnersParams>('getKWinners', fields);

/** One winner, which silences its map alone. */
export const kWinnersDefaults: KWinnersParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const checked = validateKWinnersParams({ k: 0 });
 * checked._tag === 'Left' ? checked.left.message : 'good';   // => 'getKWinners: k must be an integer ≥ 1, got 0'
 */
export const validateKWinnersParams = (given?: Partial<KWinnersParams>): Validated<KWinnersParams> => schema.validate(given);

/** {@link KWinnersParams}, and the spikes where they aren't the sign of the potentials. */
export interface KWinnersOptions extends Partial<KWinnersParams> {
  readonly spikes?: tf.TensorLike | tf.Tensor;
}

/**
 * The k neurons that fired first, at most one per feature map, in order: earliest first, then by the highest potential
 * at the first spike, then by the lowest (channel, y, x). Each winner silences its map, and all maps around it.
 *
 * In a decision layer only the last step has spikes, and they may be negative. Where every single one is negative, the
 * highest potential still wins (SpykeTorch's score then picks the lowest, against its own documentation).
 *
 * @param potentials  `[T, H, W, C]` after the threshold (0 = silent), cumulative: once it fired, a neuron keeps firing.
 * @param options     see {@link KWinnersParams}; `spikes`, the shape of `potentials`, when they aren't its sign: as from
 *                    `fire`.
 * @returns up to k winners; fewer when fewer maps fired.
 * @throws {StdpError} (as a rejection) when shapes disagree or an option is out of range.
 *
 * Source: SpykeTorch `get_k_winners`.
 *
 * @example
 * const winners = await getKWinners(tf.tensor4d([[[[0, 4]]], [[[9, 5]]]]), { k: 2 });
 * winners;   // => [{ channel: 1, y: 0, x: 0, time: 0 }, { channel: 0, y: 0, x: 0, time: 1 }]
 */
export async function getKWinners(
  potentials: tf.TensorLike | tf.Tensor,
  options?: KWinnersOptions,
  ...more: readonly never[]
): Promise<readonly Winner[]> {
  const where = 'getKWinners';
  nothingMore(more, where, 'getKWinners(potentials, options)');
  const { spikes, ...params } = orThrow(
    validateParams<KWinnersParams & Pick<KWinnersOptions, 'spikes'>>(
      where,
      kWinnersDefaults,
      options,
      { ...schema.checks, spikes: anything },
      'options',
    ),
  );
  const [values, fired] = tidily(() => {
    const checked = toFloat(potentials, where, 'potentials');
    const given = spikes === undefined ? undefined : toFloat(spikes, where, 'spikes');
    const shape = checked.shape;
    ensure(shape.length === 4, where, 'potentials', () => `has shape ${showShape(shape)}, needs [T, H, W, C]`);
    ensure(
      given === undefined || sameShape(given.shape, shape),
      where,
      'spikes',
      () => `has shape ${showShape(given?.shape ?? [])}, potentials has ${showShape(shape)}`,
    );
    return [checked, given] as const;
  });
  try {
    const data = await Promise.all([values.data<'float32'>(), fired?.data<'float32'>()]);
    return findKWinners(data[0], values.shape, params, data[1]);
  } finally {
    if (values !== potentials) tf.dispose(values);
    if (fired !== undefined && fired !== spikes) tf.dispose(fired);
  }
}

/**
 * {@link getKWinners} on plain arrays, for callers that hold the numbers already.
 *
 * @param potentials  row-major `[T, H, W, C]`.
 * @param shape       `[T, H, W, C]`.
 * @param params      complete and checked.
 * @param spikes      the layout of `potentials`; their sign when absent.
 * @example
 * const winners = findKWinners(Float32Array.of(0, 4, 9, 5), [2, 1, 1, 2], { k: 1, inhibitionRadius: 0 });
 * winners;   // => [{ channel: 1, y: 0, x: 0, time: 0 }]
 */
export function findKWinners(
  potentials: Float32Array,
  shape: readonly number[],
  { k, inhibitionRadius }: KWinnersParams,
  spikes: Float32Array = potentials,
): readonly Winner[] {
  const [steps = 0, height = 0, width = 0, channels = 0] = shape;
  const neurons = height * width * channels;
  const silencedMaps = new Uint8Array(channels);
  const silencedPlaces = new Uint8Array(height * width);
  const winners: Winner[] = [];
  for (let time = 0; time < steps && winners.length < Math.min(k, channels); time++) {
    const starting = firstSpikes(spikes, time, neurons);
    while (winners.length < k) {
      const open = starting.filter(
        (neuron) => !silencedMaps[neuron % channels] && !silencedPlaces[Math.floor(neuron / channels)],
      );
      const winner = winnerOf(open, potentials, time, shape);
      if (winner === undefined) break;
      winners.push(winner);
      silencedMaps[winner.channel] = 1;
      if (inhibitionRadius > 0) silenceAround(silencedPlaces, winner, inhibitionRadius, height, width);
    }
  }
  const last = spikes.subarray(Math.max(steps - 1, 0) * neurons);
  if (winners.length > 0 || last.some((spike) => !(spike < 0))) return winners;
  const leastNegative = winnerOf([...last.keys()], potentials, steps - 1, shape);
  return leastNegative === undefined ? [] : [leastNegative];
}

/** Neurons that fire at `time` and didn't fire the step before. */
function firstSpikes(spikes: Float32Array, time: number, neurons: number): number[] {
  const now = spikes.subarray(time * neurons, (time + 1) * neurons);
  const before = time === 0 ? new Float32Array(neurons) : spikes.subarray((time - 1) * neurons, time * neurons);
  const starting: number[] = [];
  now.forEach((spike, neuron) => {
    if (spike > 0 && !(floatAt(before, neuron) > 0)) starting.push(neuron);
  });
  return starting;
}

/** The candidate of the highest potential at `time`; of equals that of the lowest (channel, y, x). */
function winnerOf(
  candidates: readonly number[],
  potentials: Float32Array,
  time: number,
  [, height = 0, width = 0, channels = 0]: readonly number[],
): Winner | undefined {
  const area = height * width;
  let winner: number | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const neuron of candidates) {
    const potential = floatAt(potentials, time * area * channels + neuron);
    const rank = (neuron % channels) * area + Math.floor(neuron / channels);
    if (winner === undefined || potential > highest || (potential === highest && rank < winner)) {
      winner = rank;
      highest = potential;
    }
  }
  if (winner === undefined) return undefined;
  const place = winner % area;
  return { channel: Math.floor(winner / area), y: Math.floor(place / width), x: place % width, time };
}

function silenceAround(places: Uint8Array, { y, x }: Winner, radius: number, height: number, width: number): void {
  const left = Math.max(x - radius, 0);
  const right = Math.min(x + radius, width - 1) + 1;
  for (let row = Math.max(y - radius, 0); row <= Math.min(y + radius, height - 1); row++) {
    places.fill(1, row * width + left, row * width + right);
  }
}
