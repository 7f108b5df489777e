import * as tf from '@tensorflow/tfjs-core';
import { at, byteAt, doubleAt } from '../core/at.js';
import { ensure, orThrow } from '../core/errors.js';
import { flag, integerFrom, nothingMore, optional, positiveScalar, scalar, validateParams } from '../core/params/validation.js';
import { checkShape } from '../core/shapes.js';
import { ensureBackend } from '../core/tensors.js';
import { type EventList, ensureEvents } from './eventList.js';
import { aPolarity, channelOf, channelsOf, type PolarityChoice } from './polarity.js';

/** How {@link binEvents} cuts time. */
export interface BinEventsOptions {
  /** Number of steps T. */
  readonly steps: number;
  /** Length of a step, µs. Default: that of all events in `steps` steps. */
  readonly stepMicroseconds?: number | undefined;
  /** Length of all steps, µs, in place of that of one. */
  readonly duration?: number | undefined;
  /** Where the first step begins, µs. Default: the earliest event. */
  readonly start?: number | undefined;
  /** See {@link PolarityChoice}. Default `'both'`. */
  readonly polarity?: PolarityChoice;
  /** How many events fell into a step, where otherwise 1 says that any did. Default false. */
  readonly counts?: boolean;
}

/**
 * Events as spikes in steps:
 *
 *     z[s, y, x, c] = 1 where an event of channel c lies at (x, y) with start + s·step ≤ t < start + (s + 1)·step,  else 0
 *
 * Events before the first step and after the last are left out.
 *
 * @param events   a recording.
 * @param options  see {@link BinEventsOptions}.
 * @returns `[T, H, W, 2]`, OFF in channel 0 and ON in 1; `[T, H, W, 1]` of one polarity, or both merged.
 * @throws {StdpError} when an option is out of range, the events are none, or so many values don't fit in memory.
 *
 * @example
 * const events = readEvents(Uint8Array.of(7, 15, 128, 2, 142, 19, 18, 0, 11, 183));   // ON after 654 µs, OFF after 2999 µs
 * const spikes = binEvents(events, { steps: 3, stepMicroseconds: 1000 });
 * spikes.shape;   // => [3, 34, 34, 2]
 * tf.sum(spikes, [1, 2]);   // => [[0, 1], [0, 0], [1, 0]]
 */
export function binEvents(events: EventList, options: BinEventsOptions, ...more: readonly never[]): tf.Tensor4D {
  nothingMore(more, where, 'binEvents(events, options)');
  ensureEvents(events, where);
  const { x, y, p, t, width, height } = events;
  const { steps, polarity, counts, ...times } = orThrow(validateParams(where, defaults, options, checks, 'options'));
  const [first, step] = timesOf(events, steps, times);
  const channels = channelsOf(polarity);
  const shape: [number, number, number, number] = [steps, height, width, channels];
  checkShape(shape, where, 'steps');
  ensureBackend(where);
  const values = new Float32Array(steps * height * width * channels);
  for (let index = 0; index < t.length; index++) {
    const channel = channelOf(polarity, byteAt(p, index));
    const bin = Math.floor((doubleAt(t, index) - first) / step);
    if (channel < 0 || bin < 0 || bin >= steps) continue;
    const place = ((bin * height + at(y, index)) * width + at(x, index)) * channels + channel;
    values[place] = counts ? at(values, place) + 1 : 1;
  }
  return tf.tensor4d(values, shape, 'float32');
}

const where = 'binEvents';
const defaults = { polarity: 'both', counts: false } as Required<BinEventsOptions>;
const checks = {
  steps: integerFrom(1),
  stepMicroseconds: optional(positiveScalar),
  duration: optional(positiveScalar),
  start: optional(scalar),
  polarity: aPolarity,
  counts: flag,
};

/** Where the first step begins, and how long each is. */
function timesOf(
  { t }: EventList,
  steps: number,
  { start, stepMicroseconds, duration }: Pick<BinEventsOptions, 'start' | 'stepMicroseconds' | 'duration'>,
): readonly [first: number, step: number] {
  const isOne = stepMicroseconds === undefined || duration === undefined;
  ensure(isOne, where, 'duration', () => 'is told by stepMicroseconds already; give one of them');
  const first = start ?? t.reduce((least, time) => Math.min(least, time), t.length === 0 ? 0 : Number.POSITIVE_INFINITY);
  if (stepMicroseconds !== undefined) return [first, stepMicroseconds];
  const last = t.reduce((most, time) => Math.max(most, time), first);
  return [first, (duration ?? last - first + 1) / steps];
}
