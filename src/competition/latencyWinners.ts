import { floatAt } from '../core/at.js';
import { ensure, orThrow } from '../core/errors.js';
import { aNumber, integerFrom, nothingMore, validateParams } from '../core/params/validation.js';
import { show } from '../core/show.js';
import type { Winner } from './winner.js';

/** Sizes of a stack of potentials `[steps, height, width, maps]`. */
export interface PotentialsShape {
  readonly steps: number;
  readonly height: number;
  readonly width: number;
  readonly maps: number;
}

/** Who wins. */
export interface LatencyWinnersParams {
  /** A neuron fires when its potential is above this. */
  readonly threshold: number;
  /** Winners of a sample, at most. */
  readonly winners: number;
  /** A winner silences all maps within this many rows and columns of it; 0 silences none but its own map. */
  readonly inhibitionRadius: number;
}

/**
 * Winners of one image among neurons that fire at most once, on the host: pointwise inhibition and k winners in a
 * single pass. At each position only the map with the highest potential at the first crossing competes (lowest map on
 * ties). Winners are taken in order of time, then potential, then (map, row, column); a winner silences its map and
 * every map within `inhibitionRadius` of it. The pass stops as soon as `winners` are found.
 *
 * Equals `getKWinners(pointwiseInhibition(thresholdPotentials(p)))` where potentials never fall; see there for the source.
 *
 * @param potentials  `[steps, height, width, maps]`, row-major, rising in time.
 * @param params      see {@link LatencyWinnersParams}; all must be given.
 * @throws {StdpError} when the potentials don't fill the shape or hold NaN, or a size or parameter is out of range.
 * @example
 * const [potentials, shape] = [Float32Array.of(0, 2, 1, 3), { steps: 2, height: 1, width: 1, maps: 2 }];
 * const winners = latencyWinners(potentials, shape, { threshold: 1.5, winners: 1, inhibitionRadius: 0 });
 * winners;   // => [{ channel: 1, y: 0, x: 0, time: 0 }]
 */
export function latencyWinners(
  potentials: Float32Array,
  shape: PotentialsShape,
  params: LatencyWinnersParams,
  ...more: readonly never[]
): readonly Winner[] {
  nothingMore(more, where, 'latencyWinners(potentials, shape, params)');
  const size = integerFrom(0);
  const sizes = { steps: size, height: size, width: size, maps: size };
  const { steps, height, width, maps } = orThrow(validateParams(where, {} as PotentialsShape, shape, sizes, 'shape'));
  const { threshold, winners, inhibitionRadius } = orThrow(validateParams(where, {} as LatencyWinnersParams, params, checks));
  const count = steps * height * width * maps;
  const isLayout = potentials instanceof Float32Array && potentials.length === count;
  ensure(isLayout, where, 'potentials', () => `must be a Float32Array of ${count} values, got ${show(potentials)}`);
  ensure(!potentials.some(Number.isNaN), where, 'potentials', () => 'holds NaN');
  const fired = new Uint8Array(height * width);
  const found: Winner[] = [];
  for (let time = 0; time < steps && found.length < winners; time++) {
    const candidates: Candidate[] = [];
    for (let position = 0; position < height * width; position++) {
      if (fired[position] === 1) continue;
      const start = (time * height * width + position) * maps;
      const channel = highest(potentials, start, maps, threshold);
      if (channel < 0) continue;
      fired[position] = 1;
      const [y, x] = [Math.floor(position / width), position % width];
      candidates.push({ channel, y, x, time, potential: floatAt(potentials, start + channel) });
    }
    candidates.sort((a, b) => b.potential - a.potential || a.channel - b.channel); // stable: then by (y, x)
    for (const { potential: _, ...candidate } of candidates) {
      if (found.length < winners && !found.some((winner) => silences(winner, candidate, inhibitionRadius))) found.push(candidate);
    }
  }
  return found;
}

const where = 'latencyWinners';
const checks = { threshold: aNumber, winners: integerFrom(1), inhibitionRadius: integerFrom(0) };

type Candidate = Winner & { readonly potential: number };

/** The first map with the highest potential above the threshold; −1 when none is. */
function highest(potentials: Float32Array, start: number, maps: number, threshold: number): number {
  let best = threshold;
  let channel = -1;
  for (let map = 0; map < maps; map++) {
    const value = floatAt(potentials, start + map);
    if (value > best) {
      best = value;
      channel = map;
    }
  }
  return channel;
}

const silences = (winner: Winner, { channel, y, x }: Winner, radius: number): boolean =>
  winner.channel === channel || (Math.abs(winner.y - y) <= radius && Math.abs(winner.x - x) <= radius);
