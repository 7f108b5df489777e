import * as tf from '@tensorflow/tfjs-core';
import { at, byteAt, doubleAt } from '../core/at.js';
import { orThrow } from '../core/errors.js';
import { nothingMore, optional, positiveScalar, scalar, validateParams } from '../core/params/validation.js';
import { ensureBackend } from '../core/tensors.js';
import { type EventList, ensureSensor } from './eventList.js';
import { aPolarity, channelOf, channelsOf, type PolarityChoice } from './polarity.js';

/** How {@link timeSurface} looks back. */
export interface TimeSurfaceOptions {
  /** How long an event is remembered, µs. */
  readonly tauMicroseconds: number;
  /** When it is looked, µs. Default: at the latest event. */
  readonly at?: number | undefined;
  /** See {@link PolarityChoice}. Default `'both'`. */
  readonly polarity?: PolarityChoice;
}

/**
 * How long ago each pixel had its latest event:
 *
 *     s[y, x, c] = e^(−(at − t_last)/τ),  0 where there was none
 *
 * @param events   a recording.
 * @param options  see {@link TimeSurfaceOptions}.
 * @returns `[H, W, 2]`, OFF in channel 0 and ON in 1; `[H, W, 1]` of one polarity, or both merged.
 * @throws {StdpError} when an option is out of range or the events are none.
 *
 * Source: X. Lagorce et al. 2017, "HOTS: a hierarchy of event-based time-surfaces for pattern recognition", eq. 4.
 *
 * @example
 * const events = readEvents(Uint8Array.of(1, 0, 128, 3, 232, 0, 0, 128, 7, 208));   // ON after 1000 and 2000 µs
 * const surface = timeSurface(events, { tauMicroseconds: 1000, polarity: 'on' });
 * tf.slice(surface, [0, 0, 0], [1, 2, 1]);   // => [[[1], [0.3679]]]
 */
export function timeSurface(events: EventList, options: TimeSurfaceOptions, ...more: readonly never[]): tf.Tensor3D {
  nothingMore(more, where, 'timeSurface(events, options)');
  ensureSensor(events, where);
  const { x, y, p, t, width, height } = events;
  const { tauMicroseconds, polarity, ...given } = orThrow(validateParams(where, defaults, options, checks, 'options'));
  const channels = channelsOf(polarity);
  ensureBackend(where);
  const now = given.at ?? t.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY);
  const latest = new Float64Array(height * width * channels).fill(Number.NEGATIVE_INFINITY);
  for (let index = 0; index < t.length; index++) {
    const channel = channelOf(polarity, byteAt(p, index));
    const time = doubleAt(t, index);
    if (channel < 0 || time > now) continue;
    const place = (at(y, index) * width + at(x, index)) * channels + channel;
    latest[place] = Math.max(doubleAt(latest, place), time);
  }
  const decayed = Float32Array.from(latest, (time) =>
    time === Number.NEGATIVE_INFINITY ? 0 : Math.exp((time - now) / tauMicroseconds),
  );
  return tf.tensor3d(decayed, [height, width, channels], 'float32');
}

const where = 'timeSurface';
const defaults = { polarity: 'both' } as Required<TimeSurfaceOptions>;
const checks = { tauMicroseconds: positiveScalar, at: optional(scalar), polarity: aPolarity };
