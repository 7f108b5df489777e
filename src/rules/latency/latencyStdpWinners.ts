import * as tf from '@tensorflow/tfjs-core';
import type { Winner } from '../../competition/winner.js';
import { ensure, orThrow } from '../../core/errors.js';
import { integerFrom, type Numeric, nothingMore, validateParams } from '../../core/params/validation.js';
import { show, showShape } from '../../core/show.js';
import { asTensor, broadcastShape, sameShape, tidily, toFloat, toTimes } from '../../core/tensors.js';
import { isRecord } from '../../core/trees.js';
import { clamped } from '../../updates/clamped.js';
import { orderedUpdate } from './computeStdpUpdate.js';
import { type LatencyStdpParams, latencyStdpSchema } from './latencyStdp.js';

/** How the maps see the input: the convolution that gave the winners. */
export interface ReceptiveFieldOptions {
  /** Distance between receptive fields. Default 1. */
  readonly strides: number;
  /** Positions added at each side. Default 0. */
  readonly pad: number;
}

/**
 * Learning from one stimulus by its winners: each winner's map follows {@link computeStdpUpdate} on the winner's
 * receptive field, all other maps keep their weights.
 *
 *     Δw[a, b, c, m] = ± rate·g(w)   by   tPre[y·strides − pad + a, x·strides − pad + b, c] ≤ winner.time   for winner (m, y, x)
 *     w' = clip(w + Δw, wMin, wMax)
 *
 * Inputs that never fired, and those outside the image, are depressed. Of several winners in one map the last decides.
 * Every weight is clipped at every call, also without winners.
 *
 * @param w         `[kh, kw, in, out]`.
 * @param preTimes  first spike times of the input `[H, W, in]`, in steps; Infinity = never.
 * @param winners   from `getKWinners`; positions are those of the output map.
 * @param params    see {@link LatencyStdpParams}; one rate per map is given as an array or tensor `[out]`, rates of synapses as a
 *                  tensor that broadcasts to `w`.
 * @param options   see {@link ReceptiveFieldOptions}.
 * @returns w', the shape of `w`.
 * @throws {StdpError} when shapes disagree, a winner lies outside the output map, or a parameter is out of range.
 *
 * Source: SpykeTorch `STDP`; Kheradpisheh et al. 2018, equation 4.
 *
 * @example
 * const [w, preTimes] = [tf.fill([1, 2, 1, 1], 0.5), tf.tensor3d([[[0], [5]]])];   // one row, two inputs
 * latencyStdpWinners(w, preTimes, [{ channel: 0, y: 0, x: 0, time: 3 }]).print();   // => [[[[0.501]], [[0.49925]]]]
 */
export function latencyStdpWinners(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  winners: readonly Winner[],
  params?: Partial<LatencyStdpParams>,
  options?: Partial<ReceptiveFieldOptions>,
  ...more: readonly never[]
): tf.Tensor4D {
  nothingMore(more, 'latencyStdpWinners', 'latencyStdpWinners(w, preTimes, winners, params, options)');
  return learnFromWinners(w, preTimes, winners, params, options, 'latencyStdpWinners');
}

/** The same for those who build on it, and refuse in their own name. */
export function learnFromWinners(
  w: tf.TensorLike | tf.Tensor,
  preTimes: tf.TensorLike | tf.Tensor,
  winners: readonly Winner[],
  params: Partial<LatencyStdpParams> | undefined,
  options: Partial<ReceptiveFieldOptions> | undefined,
  where: string,
): tf.Tensor4D {
  const complete = orThrow(latencyStdpSchema.validate(params, where));
  const placed = orThrow(
    validateParams(where, { strides: 1, pad: 0 }, options, { strides: integerFrom(1), pad: integerFrom(0) }, 'options'),
  );
  return tidily(() => {
    const weights = toFloat(w, where, 'w') as tf.Tensor4D;
    const times = toTimes(preTimes, where, 'preTimes') as tf.Tensor3D;
    checkShapes(weights.shape, times.shape, winners, placed, where);
    const etaPlus = checkedRates(complete.etaPlus, weights.shape, 'etaPlus', where);
    const etaMinus = checkedRates(complete.etaMinus, weights.shape, 'etaMinus', where);
    const wMin = checkedRates(complete.wMin, weights.shape, 'wMin', where);
    const wMax = checkedRates(complete.wMax, weights.shape, 'wMax', where);
    if (winners.length === 0) return clamped(weights, { wMin, wMax }) as tf.Tensor4D;

    const deciding = [...new Map(winners.map((winner) => [winner.channel, winner])).values()];
    const maps = deciding.map(({ channel }) => channel);
    const fields = receptiveFields(times, weights.shape, deciding, placed);
    // A full tensor, not a row to broadcast: comparisons that broadcast are slow on wasm.
    const postTimes = tf.mul(tf.onesLike(fields), tf.tensor1d(deciding.map(({ time }) => time)));
    const rates = { etaPlus: ofMaps(etaPlus, maps), etaMinus: ofMaps(etaMinus, maps) };
    const bounds = { wMin: ofMaps(wMin, maps), wMax: ofMaps(wMax, maps) };
    const delta = orderedUpdate(tf.gather(weights, maps, 3), fields, postTimes, { ...complete, ...rates, ...bounds }, where);
    return clamped(tf.add(weights, intoMaps(delta, maps, weights.shape)), { wMin, wMax }) as tf.Tensor4D;
  });
}

type Shape4D = readonly [number, number, number, number];

function checkShapes(
  weightShape: readonly number[],
  timesShape: readonly number[],
  winners: readonly Winner[],
  { strides, pad }: ReceptiveFieldOptions,
  where: string,
): void {
  ensure(weightShape.length === 4, where, 'w', () => `has shape ${showShape(weightShape)}, needs [kh, kw, in, out]`);
  const [kh = 0, kw = 0, inputs = 0, maps = 0] = weightShape;
  const [height = 0, width = 0, channels = 0] = timesShape;
  ensure(
    timesShape.length === 3 && channels === inputs,
    where,
    'preTimes',
    () => `has shape ${showShape(timesShape)}, w ${showShape(weightShape)} needs [H, W, ${inputs}]`,
  );
  const rows = Math.floor((height + 2 * pad - kh) / strides) + 1;
  const columns = Math.floor((width + 2 * pad - kw) / strides) + 1;
  ensure(Array.isArray(winners), where, 'winners', () => `must be what getKWinners found, got ${show(winners)}`);
  for (const winner of winners) {
    ensure(isRecord(winner), where, 'winners', () => `must be { channel, y, x, time } each, got ${show(winner)}`);
    const { channel, y, x, time } = winner;
    const timed = typeof time === 'number' && !Number.isNaN(time);
    ensure(timed, where, 'winners', () => `must each have a time in steps, got ${show(winner)}`);
    const within = (value: unknown, size: number): boolean =>
      Number.isInteger(value) && Number(value) >= 0 && Number(value) < size;
    ensure(
      within(channel, maps) && within(y, rows) && within(x, columns),
      where,
      'winners',
      () => `holds channel ${show(channel)} at (${show(y)}, ${show(x)}), the output has ${maps} maps of ${rows} × ${columns}`,
    );
  }
}

/** First spike times that each winner saw, `[kh, kw, in, winners]`; Infinity outside the image. */
function receptiveFields(
  times: tf.Tensor3D,
  [kh, kw, inputs]: Shape4D,
  winners: readonly Winner[],
  { strides, pad }: ReceptiveFieldOptions,
): tf.Tensor {
  const [height, width] = times.shape;
  const fields = winners.map(({ y, x }) => {
    const rows = overlap(y * strides - pad, kh, height);
    const columns = overlap(x * strides - pad, kw, width);
    if (rows.size === 0 || columns.size === 0) return tf.fill([kh, kw, inputs], Number.POSITIVE_INFINITY);
    const seen = tf.slice(times, [rows.start, columns.start, 0], [rows.size, columns.size, inputs]);
    return tf.pad3d(seen, [rows.border, columns.border, [0, 0]], Number.POSITIVE_INFINITY);
  });
  return tf.transpose(tf.stack(fields), [1, 2, 3, 0]);
}

/** The part of a line of `length` pixels that a field of `size` from `from` on sees, and how much of the field lies at each side. */
function overlap(from: number, size: number, length: number) {
  const start = Math.max(from, 0);
  const end = Math.min(from + size, length);
  const border: [number, number] = [start - from, from + size - end];
  return { start, size: Math.max(end - start, 0), border };
}

/** Rates as they lie in w: one for all, one per map, or a tensor that broadcasts to `w`. */
function checkedRates(rate: Numeric, shape: readonly number[], argument: string, where: string): number | tf.Tensor {
  if (typeof rate === 'number') return rate;
  const rates = asTensor(rate);
  const maps = shape.at(-1);
  if (rates.rank === 1) ensure(rates.size === maps, where, argument, () => `has ${rates.size} rates, w has ${maps} maps`);
  const fits = sameShape(broadcastShape(rates.shape, shape) ?? [], shape);
  const problem = () => `has shape ${showShape(rates.shape)}, which is not one per map and doesn't fit w ${showShape(shape)}`;
  ensure(fits, where, argument, problem);
  return rates;
}

/** The rates of the listed maps. */
const ofMaps = (rates: number | tf.Tensor, maps: readonly number[]): number | tf.Tensor =>
  typeof rates === 'number' || rates.rank === 0 || (rates.rank > 1 && rates.shape.at(-1) === 1)
    ? rates
    : tf.gather(rates, [...maps], rates.rank - 1);

/** Δ of the listed maps `[…, maps]` as a change of all weights: 0 in the other maps. */
function intoMaps(delta: tf.Tensor, maps: readonly number[], shape: Shape4D): tf.Tensor4D {
  const [kh, kw, inputs, outputs] = shape;
  const columns = tf.reshape(delta, [kh * kw * inputs, maps.length]);
  const oneHot = new Float32Array(maps.length * outputs);
  maps.forEach((map, winner) => {
    oneHot[winner * outputs + map] = 1;
  });
  const places = tf.tensor2d(oneHot, [maps.length, outputs]);
  return tf.reshape(tf.matMul(columns, places), [kh, kw, inputs, outputs]);
}
