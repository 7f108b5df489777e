import { ensure } from '../../core/errors.js';
import { aligned } from '../module/arena.js';
import type { NetworkKernels } from '../module/networkKernels.js';
import { type NetworkArena, networkArena } from './networkArena.js';

/**
 * A competitive layer in the numbers of the kernels.
 *
 * @property steps        of a presentation.
 * @property neuron       decays of ge and gi in a step, dt / tauMembrane, reversal potentials, threshold, reset, refractory
 *                        steps, inhibition.
 * @property learning     etaPlus, etaMinus, wMax, norm, thetaPlus, decay of theta from one presentation to the next.
 * @property preTrace     what is left of a trace after 0 … `steps` steps.
 * @property postTrace    likewise.
 * @property scales       `[attempts, 256]`: 1 / log2(1 − p), where a pixel of that level spikes with p in a step.
 * @property leastSpikes  when fewer come of an image, there is another attempt.
 */
export interface CompetitiveConstants {
  readonly inputs: number;
  readonly neurons: number;
  readonly steps: number;
  readonly neuron: Parameters<NetworkKernels['setCompetitiveNeurons']>;
  readonly learning: Parameters<NetworkKernels['setCompetitiveLearning']>;
  readonly preTrace: Float32Array;
  readonly postTrace: Float32Array;
  readonly scales: Float32Array;
  readonly leastSpikes: number;
}

/** What a layer learns: weights `[inputs, neurons]`, and what the threshold of each neuron has grown by. */
export interface CompetitiveWeights {
  readonly weights: Float32Array;
  readonly theta: Float32Array;
}

/** A competitive layer at work, in a memory of its own. */
export class CompetitiveLayer {
  readonly #constants: CompetitiveConstants;
  readonly #arena: NetworkArena;
  readonly #filled: number;
  readonly #w: number;
  readonly #theta: number;
  readonly #scales: number;
  readonly #scratch: number;
  /** What lies above is free between two calls. */
  readonly #top: number;

  /**
   * A layer that goes on from a copy of what was learned.
   *
   * @throws {StdpError} when that was learned by a layer of another size.
   */
  constructor(constants: CompetitiveConstants, learned: CompetitiveWeights, arena = networkArena()) {
    const { inputs, neurons, steps } = constants;
    const size = inputs * neurons;
    ensure(
      learned.weights.length === size && learned.theta.length === neurons,
      'CompetitiveLayer',
      'weights',
      () => `has ${learned.weights.length} values for ${learned.theta.length} neurons, [${inputs}, ${neurons}] needs ${size}`,
    );
    const { kernels } = arena;
    this.#constants = constants;
    this.#arena = arena;
    this.#filled = kernels.filledNeurons(neurons);
    const scratch = 4 * kernels.presentWords(inputs, neurons, steps);
    const words = [inputs * this.#filled, this.#filled, constants.scales.length, steps + 1, steps + 1];
    arena.reserve(words.reduce((sum, count) => sum + aligned(4 * count), scratch));
    this.#w = arena.take(4 * inputs * this.#filled);
    this.#theta = arena.take(4 * this.#filled);
    this.#scales = arena.place(constants.scales).byteOffset;
    const [preTrace, postTrace] = [arena.place(constants.preTrace).byteOffset, arena.place(constants.postTrace).byteOffset];
    this.#scratch = arena.take(scratch);
    this.#top = arena.top;
    for (let input = 0; input < inputs; input++)
      this.#row(input).set(learned.weights.subarray(input * neurons, (input + 1) * neurons));
    this.#floats(this.#theta, neurons).set(learned.theta);
    kernels.setCompetitiveLayer(inputs, neurons, steps, this.#w, this.#theta, preTrace, postTrace);
    kernels.setCompetitiveNeurons(...constants.neuron);
    kernels.setCompetitiveLearning(...constants.learning);
  }

  /**
   * Shows images one after the other, from rest, each again at a higher rate while too few spikes come of it.
   *
   * @param images   `[count, inputs]`.
   * @param seed     of the input spikes.
   * @param streams  of random numbers, one an image.
   * @param learn    whether weights and thresholds change.
   * @returns `[count, steps]`: the neuron that fired in each step of the last attempt, −1 for none.
   */
  present(images: Uint8Array, seed: number, streams: readonly number[], learn: boolean): Int32Array {
    const { steps, scales, leastSpikes } = this.#constants;
    const [arena, count] = [this.#arena, streams.length];
    arena.top = this.#top;
    arena.reserve(aligned(images.length) + aligned(8 * count) + aligned(4 * count * steps));
    const pixels = arena.take(images.length);
    const words = arena.take(8 * count);
    const raster = arena.take(4 * count * steps);
    new Uint8Array(arena.memory.buffer, pixels).set(images);
    new Uint32Array(arena.memory.buffer, words).set(streams.flatMap(twoWords));
    const [low, high] = twoWords(seed);
    const attempts = scales.length / 256;
    arena.kernels.presentImages(
      count,
      pixels,
      words,
      low,
      high,
      this.#scales,
      attempts,
      leastSpikes,
      learn,
      raster,
      this.#scratch,
    );
    return new Int32Array(arena.memory.buffer, raster, count * steps).slice();
  }

  /** A copy of what the layer has learned. */
  get learned(): CompetitiveWeights {
    const { inputs, neurons } = this.#constants;
    const weights = new Float32Array(inputs * neurons);
    for (let input = 0; input < inputs; input++) weights.set(this.#row(input), input * neurons);
    return { weights, theta: this.#floats(this.#theta, neurons).slice() };
  }

  #row(input: number): Float32Array {
    return this.#floats(this.#w + 4 * input * this.#filled, this.#constants.neurons);
  }

  #floats(address: number, length: number): Float32Array {
    return new Float32Array(this.#arena.memory.buffer, address, length);
  }
}

/** An integer below 2⁶⁴ as two words, the low one first. */
const twoWords = (value: number): [number, number] => [value >>> 0, Math.floor(value / 2 ** 32)];
