import { floatAt } from '../../core/at.js';
import { aligned } from '../module/arena.js';
import { networkArena } from './networkArena.js';

/** Neurons whose weights for an input stand side by side in the kernels. */
const block = 32;

/** What neurons that vote learn. */
export interface VoterWeights {
  /** `[neurons, inputs]`, row-major, each row of length 1. */
  readonly weights: Float32Array;
  /** `[neurons]`: what is taken from their potentials while they learn. */
  readonly thresholds: Float32Array;
}

/**
 * Neurons that compete for images by how like them their weights are, in a memory of their own.
 *
 * @param inputs  of an image.
 */
export function voterLayer(inputs: number, given: VoterWeights, arena = networkArena()) {
  const { kernels, memory } = arena;
  const neurons = given.thresholds.length;
  const filled = kernels.filledVoters(neurons);
  const scratchBytes = 4 * kernels.voterWords(neurons, inputs);
  arena.reserve(aligned(4 * filled * inputs) + aligned(4 * neurons) + aligned(scratchBytes));
  const weights = arena.place(inBlocks(given.weights, inputs, filled)).byteOffset;
  const thresholds = arena.place(given.thresholds).byteOffset;
  kernels.setVoters(neurons, inputs, weights, thresholds, arena.take(scratchBytes));
  const { top } = arena; // what lies above is free between two calls
  /** Places the features of images; answers how many, and where. */
  const place = (features: Float32Array, words: number) => {
    arena.top = top;
    arena.reserve(aligned(features.byteLength) + aligned(4 * words));
    return arena.place(features).byteOffset;
  };
  return {
    /** Learns from images one after the other; answers how like them the neurons were that learned, on average. */
    learn(features: Float32Array, eta: number, decay: number, etaThreshold: number): number {
      const count = features.length / inputs;
      return kernels.learnVotes(count, place(features, 0), eta, decay, etaThreshold) / count;
    },
    /** The neurons most like each image, `[images, voters, 2]`: their numbers and potentials. */
    answer(features: Float32Array, voters: number): Float32Array {
      const count = features.length / inputs;
      const words = 2 * voters * count;
      const first = place(features, words);
      const out = arena.take(4 * words);
      kernels.findVoters(count, first, voters, out);
      return new Float32Array(memory.buffer, out, words).slice();
    },
    /** A copy of what has been learned. */
    learned: (): VoterWeights => ({
      weights: inRows(new Float32Array(memory.buffer, weights, filled * inputs), inputs, neurons),
      thresholds: new Float32Array(memory.buffer, thresholds, neurons).slice(),
    }),
  };
}

const placeOf = (neuron: number, input: number, inputs: number): number =>
  (Math.floor(neuron / block) * inputs + input) * block + (neuron % block);

function inBlocks(rows: Float32Array, inputs: number, filled: number): Float32Array {
  const blocks = new Float32Array(filled * inputs);
  rows.forEach((weight, index) => {
    blocks[placeOf(Math.floor(index / inputs), index % inputs, inputs)] = weight;
  });
  return blocks;
}

function inRows(blocks: Float32Array, inputs: number, neurons: number): Float32Array {
  const rows = new Float32Array(neurons * inputs);
  for (let index = 0; index < rows.length; index++)
    rows[index] = floatAt(blocks, placeOf(Math.floor(index / inputs), index % inputs, inputs));
  return rows;
}
