import { ensure } from '../../core/errors.js';
import { aligned } from '../module/arena.js';
import type { NetworkKernels } from '../module/networkKernels.js';
import { networkArena } from './networkArena.js';

/** A competitive layer in the numbers of the kernels. */
export interface CompetitiveConstants {
  readonly inputs: number;
  readonly neurons: number;
  /** Steps of a presentation. */
  readonly steps: number;
  /** Decays of ge and gi in a step, dt / tauMembrane, reversal potentials, threshold, reset, refractory steps, inhibition. */
  readonly neuron: Parameters<NetworkKernels['setCompetitiveNeurons']>;
  /** etaPlus, etaMinus, wMax, norm, thetaPlus, decay of theta from one presentation to the next. */
  readonly learning: Parameters<NetworkKernels['setCompetitiveLearning']>;
  /** What is left of a trace after 0 … `steps` steps. */
  readonly preTrace: Float32Array;
  /** Likewise. */
  readonly postTrace: Float32Array;
  /** `[attempts, 256]`: 1 / log2(1 − p), where a pixel of that level spikes with p in a step. */
  readonly scales: Float32Array;
  /** When fewer come of an image, there is another attempt. */
  readonly leastSpikes: number;
}

/** What a layer learns: weights `[inputs, neurons]`, and what the threshold of each neuron has grown by. */
export interface CompetitiveWeights {
  readonly weights: Float32Array;
  readonly theta: Float32Array;
}

/** A competitive layer at work, in a memory of its own. */
export interface CompetitiveLayer {
  /**
   * Shows images one after the other, from rest, each again at a higher rate while too few spikes come of it.
   *
   * @param images   `[count, inputs]`.
   * @param seed     of the input spikes.
   * @param streams  of random numbers, one an image.
   * @param learn    whether weights and thresholds change.
   * @returns `[count, steps]`: the neuron that fired in each step of the last attempt, −1 for none.
   */
  present(images: Uint8Array, seed: number, streams: readonly number[], learn: boolean): Int32Array;
  /** A copy of what the layer has learned. */
  learned(): CompetitiveWeights;
}

/**
 * A layer that goes on from a copy of what was learned.
 *
 * @throws {StdpError} when that was learned by a layer of another size.
 */
export function competitiveLayer(
  constants: CompetitiveConstants,
  given: CompetitiveWeights,
  arena = networkArena(),
): CompetitiveLayer {
  const { inputs, neurons, steps, scales, leastSpikes } = constants;
  const size = inputs * neurons;
  ensure(
    given.weights.length === size && given.theta.length === neurons,
    'competitiveLayer',
    'weights',
    () => `has ${given.weights.length} values for ${given.theta.length} neurons, [${inputs}, ${neurons}] needs ${size}`,
  );
  const { kernels, memory } = arena;
  const filled = kernels.filledNeurons(neurons);
  const scratchBytes = 4 * kernels.presentWords(inputs, neurons, steps);
  const words = [inputs * filled, filled, scales.length, steps + 1, steps + 1];
  arena.reserve(words.reduce((sum, count) => sum + aligned(4 * count), scratchBytes));
  const [w, theta] = [arena.take(4 * inputs * filled), arena.take(4 * filled)];
  const [tables, preTrace, postTrace] = [scales, constants.preTrace, constants.postTrace].map(
    (table) => arena.place(table).byteOffset,
  ) as [number, number, number];
  const scratch = arena.take(scratchBytes);
  const { top } = arena; // what lies above is free between two calls
  const thetas = () => new Float32Array(memory.buffer, theta, neurons);
  const row = (input: number) => new Float32Array(memory.buffer, w + 4 * input * filled, neurons);
  for (let input = 0; input < inputs; input++) row(input).set(given.weights.subarray(input * neurons, (input + 1) * neurons));
  thetas().set(given.theta);
  kernels.setCompetitiveLayer(inputs, neurons, steps, w, theta, preTrace, postTrace);
  kernels.setCompetitiveNeurons(...constants.neuron);
  kernels.setCompetitiveLearning(...constants.learning);
  return {
    present: (images, seed, streams, learn) => {
      const count = streams.length;
      arena.top = top;
      arena.reserve(aligned(images.length) + aligned(8 * count) + aligned(4 * count * steps));
      const [pixels, ofStreams, raster] = [arena.take(images.length), arena.take(8 * count), arena.take(4 * count * steps)];
      new Uint8Array(memory.buffer, pixels).set(images);
      new Uint32Array(memory.buffer, ofStreams).set(streams.flatMap(twoWords));
      const attempts = scales.length / 256;
      kernels.presentImages(
        ...([count, pixels, ofStreams, ...twoWords(seed), tables, attempts, leastSpikes, learn, raster, scratch] as const),
      );
      return new Int32Array(memory.buffer, raster, count * steps).slice();
    },
    learned: () => {
      const weights = new Float32Array(size);
      for (let input = 0; input < inputs; input++) weights.set(row(input), input * neurons);
      return { weights, theta: thetas().slice() };
    },
  };
}

/** An integer below 2⁶⁴ as two words, the low one first. */
const twoWords = (value: number): [number, number] => [value >>> 0, Math.floor(value / 2 ** 32)];
