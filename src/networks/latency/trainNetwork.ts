import { fork, randomPermutation, type Seed } from '../../core/random.js';
import { breather } from '../breathe.js';
import { layerLearner } from './layerLearner.js';
import { layerSizes } from './layerSizes.js';
import type { NetworkSpec } from './networkSpec.js';
import type { SpikeTimes } from './spikeTimes.js';
import { initialWeights } from './trainLayer.js';

/** The convergence of a layer, C = mean w(1 − w), after it saw so many images. */
export interface ConvergencePoint {
  readonly layer: number;
  readonly images: number;
  readonly value: number;
}

/**
 * How far training has come, as plain arrays: enough to go on from here bit for bit.
 *
 * @property layer       the layer that is learning; `layers.length` when all have learned.
 * @property imagesSeen  by that layer.
 * @property weights     of every layer begun so far, `[k, k, in, maps]` row-major.
 */
export interface TrainingState {
  readonly layer: number;
  readonly imagesSeen: number;
  readonly weights: readonly Float32Array[];
  readonly convergence: readonly ConvergencePoint[];
}

/** Nothing learned yet. */
export const untrained: TrainingState = { layer: 0, imagesSeen: 0, weights: [], convergence: [] };

/** What happens while a network learns. */
export interface TrainingOptions {
  readonly seed: Seed;
  /** Where to go on from. Default {@link untrained}. */
  readonly from?: TrainingState;
  /** Called after each image with the images done and due of this layer, and its latest convergence. */
  readonly onProgress?: (layer: number, done: number, total: number, convergence: number | undefined) => void;
  /** Told what has been learned after each layer, before anything else is done: it outlives whatever fails afterwards. */
  readonly onLearned?: (state: TrainingState) => void;
  /** Stops after the present image; the state returned can be gone on from. */
  readonly signal?: AbortSignal;
}

/** Images between two looks at the convergence. */
const checkEvery = 256;

/**
 * Trains a network's layers one after the other by STDP alone, without labels.
 *
 * @param times  encoded training images.
 * @returns the state after the last image, or where the signal stopped it.
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, images: 5 }] }));
 * const times = await encodeImages(generateDigits(5, 1), 28, 28, spec.encoder);
 * const { layer, weights } = await trainNetwork(spec, times, { seed: 1 });
 * [layer, weights[0].length];   // => [1, 7 * 7 * 2 * 2]
 */
export async function trainNetwork(spec: NetworkSpec, times: SpikeTimes, options: TrainingOptions): Promise<TrainingState> {
  layerSizes(spec, times.height, times.width);
  let state = options.from ?? untrained;
  while (state.layer < spec.layers.length && !options.signal?.aborted) {
    state = await trainLayer(spec, times, state, options);
    options.onLearned?.(state);
  }
  return state;
}

async function trainLayer(
  spec: NetworkSpec,
  times: SpikeTimes,
  state: TrainingState,
  { seed, onProgress, signal }: TrainingOptions,
): Promise<TrainingState> {
  const { layer: index } = state;
  const layer = spec.layers[index];
  if (layer === undefined) return state;
  const done = state.weights.slice(0, index);
  const begun = state.weights[index] ?? initialWeights(layer, channelsOf(spec, times, index), fork(seed, 2 * index));
  const learner = layerLearner(spec, times, index, layer, [...done, begun]);
  const order = randomPermutation(times.count, fork(seed, 2 * index + 1));
  const total = Math.min(layer.images, times.count);
  const convergence = [...state.convergence];
  let seen = state.imagesSeen;
  let converged = false;
  const breathe = breather();
  while (seen < total && !converged && !signal?.aborted) {
    await learner.learn(order[seen] ?? 0, seen);
    seen++;
    if (seen % checkEvery === 0 || seen === total) {
      const value = await learner.convergence();
      convergence.push({ layer: index, images: seen, value });
      converged = value < layer.stopBelow;
    }
    onProgress?.(index, seen, total, convergence.at(-1)?.value);
    await breathe();
  }
  const weights = [...done, await learner.finish()];
  const finished = seen >= total || converged;
  return { layer: finished ? index + 1 : index, imagesSeen: finished ? 0 : seen, weights, convergence };
}

const channelsOf = ({ layers }: NetworkSpec, { channels }: SpikeTimes, index: number): number =>
  layers[index - 1]?.maps ?? channels;
