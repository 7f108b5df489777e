import type { SpikeList } from '../../circuits/circuitState.js';
import { at, byteAt, integerAt, wordAt } from '../../core/at.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { type Check, check, positiveScalar } from '../../core/params/validation.js';
import { fork, randomNormal, randomPermutation, randomUint32, type Seed } from '../../core/random.js';
import { optionsOf, seedOption } from './presetOptions.js';
import { room, type Spikes, sorted } from './spikeSort.js';

/** A step of which a whole number makes a millisecond. */
export const wholePart: Check<number> = check(
  'a whole part of 1 ms, such as 0.1',
  (value) => typeof value === 'number' && value > 0 && value <= 1 && Math.abs(1 / value - Math.round(1 / value)) < 1e-9,
);

const fields = {
  /** Decides all that is drawn. Default 1. */
  seed: seedOption,
  /** How long it lasts, s. Default 150. */
  seconds: param(150, positiveScalar),
  /** Step, ms: a whole part of 1. Default 0.1. */
  dt: param(0.1, wholePart),
};

/** Options of {@link masquelierInput} and {@link masquelierWorld}. */
export interface MasquelierInputOptions extends ParamsOf<typeof fields> {}

/** What completes and checks {@link MasquelierInputOptions}. */
export const masquelierInputSchema = paramsSchema<MasquelierInputOptions>('masquelierInput', fields);

/** Spikes in which a pattern is hidden, and where. */
export interface MasquelierInput {
  /** How many it lasts. */
  readonly steps: number;
  /** Spikes of 2000 afferents. */
  readonly spikes: SpikeList;
  /** Steps at which the pattern begins, ascending. */
  readonly patterns: Int32Array;
  /** Steps of the pattern. */
  readonly width: number;
}

const [afferents, inPattern] = [2000, 1000];
/** The pattern and all that is between patterns come in bins, ms. */
const bin = 50;

/**
 * The input of {@link masquelier2008}: 2000 afferents whose rates walk at random; in a quarter of all bins of 50 ms, never two after each
 * other, the first 1000 repeat what they fired in the first of these, each spike moved by 1 ms (standard deviation); all fire 10 Hz more,
 * at random.
 *
 * Rates, 0 … 90 Hz, change by a speed within ±1800 Hz/s, which itself changes by up to ±360 Hz/s each ms; an afferent is silent for 50 ms at most.
 *
 * @param options  see {@link MasquelierInputOptions}; all optional.
 * @throws {StdpError} when an option is unknown or out of range.
 *
 * Source: Masquelier, Guyonneau and Thorpe 2008, PLoS ONE 3:e1377, Methods.
 *
 * @example
 * const { spikes, patterns } = masquelierInput({ seconds: 2 });
 * patterns.length;   // => 10
 * spikes.step.length / 2000 / 2 > 55;   // => true
 */
export function masquelierInput(options?: Partial<MasquelierInputOptions>, ...more: readonly never[]): MasquelierInput {
  const { seed, seconds, dt } = optionsOf(masquelierInputSchema, options, more);
  const perMs = Math.round(1 / dt);
  const milliseconds = Math.round(seconds * 1000);
  const [steps, width] = [milliseconds * perMs, bin * perMs];
  const bins = Math.floor(milliseconds / bin);
  const isPattern = chosenBins(bins, Math.floor(bins / 4), fork(seed, 0));
  const walked = randomWalks(milliseconds, perMs, fork(seed, 1));
  const noise = noiseSpikes(steps, (10 * dt) / 1000, fork(seed, 2));
  const copied = withPattern(walked, isPattern, { steps, width, jitter: perMs }, fork(seed, 3));
  const starts = Array.from(isPattern.keys()).filter((index) => isPattern[index] === 1);
  return { steps, spikes: sorted([copied, noise], steps), patterns: Int32Array.from(starts, (index) => index * width), width };
}

/** So many bins, no two of which follow each other: 1 in their places. */
function chosenBins(bins: number, count: number, seed: Seed): Uint8Array {
  const chosen = new Uint8Array(bins);
  let left = count;
  for (const index of randomPermutation(bins, seed)) {
    if (left === 0) break;
    if (chosen[index - 1] === 1 || chosen[index + 1] === 1) continue;
    chosen[index] = 1;
    left--;
  }
  return chosen;
}

/** Spikes of rates that walk at random, one draw of 32 bits a millisecond: half of it for the walk, half for the spike. */
function randomWalks(milliseconds: number, perMs: number, seed: Seed): Spikes {
  const { step, neuron } = room(Math.ceil(milliseconds * afferents * 0.08) + 1000);
  let count = 0;
  for (let afferent = 0; afferent < afferents; afferent++) {
    const words = randomUint32(milliseconds, fork(seed, 2 * afferent));
    const own = fork(seed, 2 * afferent + 1);
    const first = randomUint32(3, own);
    const places = randomUint32(Math.ceil(milliseconds * 0.12) + 100, fork(own, 0));
    let rate = 90 * (wordAt(first, 0) * 2 ** -32);
    let speed = 1800 * (wordAt(first, 1) * 2 ** -31 - 1);
    let last = -Math.floor(50 * (wordAt(first, 2) * 2 ** -32));
    const before = count;
    for (let time = 0; time < milliseconds; time++) {
      const word = wordAt(words, time);
      speed = Math.max(-1800, Math.min(1800, speed + 360 * ((word >>> 16) * 2 ** -15 - 1)));
      rate = Math.max(0, Math.min(90, rate + speed * 1e-3));
      if ((word & 0xffff) * 2 ** -16 >= rate * 1e-3 && time - last < 50) continue;
      step[count] = time * perMs + Math.floor(wordAt(places, count - before) * 2 ** -32 * perMs);
      neuron[count++] = afferent;
      last = time;
    }
  }
  return { step, neuron, count };
}

/** Spikes of all afferents with one probability a step, drawn by the gaps between them. */
function noiseSpikes(steps: number, probability: number, seed: Seed): Spikes {
  const cells = steps * afferents;
  const most = Math.ceil(cells * probability * 1.1) + 1000;
  const { step, neuron } = room(most);
  const words = randomUint32(most + 1, seed);
  const scale = 1 / Math.log1p(-probability);
  const gap = (index: number): number => Math.floor(Math.log((wordAt(words, index) + 1) * 2 ** -32) * scale);
  let count = 0;
  for (let cell = gap(0); cell < cells; cell += 1 + gap(count)) {
    step[count] = Math.floor(cell / afferents);
    neuron[count++] = cell % afferents;
  }
  return { step, neuron, count };
}

/** The spikes outside the pattern, and in each of its bins those of the first one, moved a little. */
function withPattern(
  { step, neuron, count }: Spikes,
  isPattern: Uint8Array,
  { steps, width, jitter }: { readonly steps: number; readonly width: number; readonly jitter: number },
  seed: Seed,
): Spikes {
  const source = isPattern.indexOf(1);
  const belongs = (index: number): boolean => at(neuron, index) < inPattern;
  const bins = Array.from(isPattern.keys()).filter((index) => isPattern[index] === 1);
  const pattern: (readonly [offset: number, afferent: number])[] = [];
  for (let index = 0; index < count; index++)
    if (belongs(index) && Math.floor(integerAt(step, index) / width) === source)
      pattern.push([integerAt(step, index) % width, at(neuron, index)]);
  const out = room(count + pattern.length * bins.length);
  let kept = 0;
  for (let index = 0; index < count; index++) {
    if (belongs(index) && byteAt(isPattern, Math.min(isPattern.length - 1, Math.floor(integerAt(step, index) / width))) === 1)
      continue;
    out.step[kept] = integerAt(step, index);
    out.neuron[kept++] = at(neuron, index);
  }
  bins.forEach((place, which) => {
    const moves = randomNormal(pattern.length, fork(seed, which), 0, jitter);
    pattern.forEach(([offset, afferent], index) => {
      const time = place * width + offset + Math.round(at(moves, index));
      if (time < 0 || time >= steps) return;
      out.step[kept] = time;
      out.neuron[kept++] = afferent;
    });
  });
  return { ...out, count: kept };
}
