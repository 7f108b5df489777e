import { at, byteAt, wordAt } from '../../core/at.js';
import { fork, type RandomGenerator, randomGenerator, randomUniform } from '../../core/random.js';
import { saccadeChannels } from './saccadeLatencies.js';

/**
 * What becomes of the times of events, to see whether they matter. The spikes stay as many, of each pixel and polarity.
 *
 * - `'collapsed'`: all spikes of a saccade come at its beginning.
 * - `'shuffled'`: the spikes of a sample change their times, saccade and latency, with one another at random.
 */
export type TimesControl = (typeof timesControls)[number];

export const timesControls = ['collapsed', 'shuffled'] as const;

/** The pictures of {@link saccadeLatencies} with other times; the same for the same pictures. */
export function withTimes(pictures: Uint8Array, size: number, control: TimesControl): Uint8Array {
  if (control === 'collapsed') return pictures.map((value) => (value === 0 ? 0 : 255));
  const shuffled = Uint8Array.from(pictures);
  const generator = randomGenerator(0);
  for (let from = 0; from < pictures.length; from += size)
    shuffle(shuffled.subarray(from, from + size), fork(generator, from / size));
  return shuffled;
}

/** How often each spike is taken up for an exchange. */
const rounds = 3;

/** Exchanges times by pairs, where both of a pair have a place for the time of the other. */
function shuffle(picture: Uint8Array, generator: RandomGenerator): void {
  const spikes = Uint32Array.from(picture.keys()).filter((place) => byteAt(picture, place) > 0);
  const draws = randomUniform(rounds * spikes.length, generator);
  draws.forEach((draw, turn) => {
    const [one, other] = [turn % spikes.length, Math.floor(draw * spikes.length)];
    const [from, to] = [wordAt(spikes, one), wordAt(spikes, other)];
    const [moved, back] = [inSaccadeOf(from, to), inSaccadeOf(to, from)];
    if ((moved !== from && at(picture, moved) > 0) || (back !== to && at(picture, back) > 0)) return;
    const [early, late] = [byteAt(picture, from), byteAt(picture, to)];
    picture[from] = 0;
    picture[to] = 0;
    picture[moved] = late;
    picture[back] = early;
    spikes[one] = moved;
    spikes[other] = back;
  });
}

/** The place of a spike's pixel and polarity in the saccade of another spike. */
function inSaccadeOf(place: number, other: number): number {
  const [channel, wanted] = [place % saccadeChannels, other % saccadeChannels];
  return place - channel + 2 * Math.floor(wanted / 2) + (channel % 2);
}
