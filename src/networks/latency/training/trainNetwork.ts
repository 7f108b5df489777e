import { at, integerAt } from '../../../core/at.js';
import { ensure } from '../../../core/errors.js';
import { anything, nothingMore } from '../../../core/params/validation.js';
import { aSeed, fork, randomPermutation, type Seed } from '../../../core/random.js';
import { aListener, aSignal, checkedOptions, checkedSpec } from '../../checked/options.js';
import { aKeeper, type Keeper } from '../../checkpoints.js';
import { makeYield } from '../../makeYield.js';
import { checkedTimes } from '../checkedTimes.js';
import { branchOfLayer, layersOf, ofBranch } from '../spec/branches.js';
import { type ConvLayerSpec, type NetworkSpec, validateNetworkSpec } from '../spec/networkSpec.js';
import { type SpikeTimes, timesOfBranch } from '../spikeTimes.js';
import { checkWork } from '../workload.js';
import { checkedTraining } from './checkedTraining.js';
import { layerLearner } from './layerLearner.js';
import { initialWeights } from './learnFromImage.js';
import { atOneThreshold, firstThresholds } from './mapThresholds.js';
import { type TrainingState, untrained } from './trainingState.js';

/** What happens while a network learns. */
export interface TrainingOptions {
  readonly seed: Seed;
  /** Where to go on from. Default {@link untrained}. */
  readonly from?: TrainingState;
  /** Called after each image with the images done and due of this layer, and its latest convergence. */
  readonly onProgress?: (layer: number, done: number, total: number, convergence: number | undefined) => void;
  /** Told what has been learned after each layer, before anything else is done: it outlives whatever fails afterwards. */
  readonly onLearned?: (state: TrainingState) => void;
  /** Given the state after an image, when one is due, so that a layer can be gone on with from its middle. */
  readonly keeper?: Keeper<TrainingState> | undefined;
  /** Stops after the present image; the state returned can be gone on from. */
  readonly signal?: AbortSignal;
}

/** Images between two looks at the convergence. */
const checkEvery = 256;

/**
 * Trains a network's layers one after the other by STDP alone, without labels; those of branches `beside` after its own.
 *
 * @param times  encoded training images.
 * @returns the state after the last image, or where the signal stopped it.
 * @throws {StdpError} when an option isn't known, times aren't as many as they are said to be, `from` doesn't fit the network, the
 *   network doesn't fit the images or in memory, or no neuron of a layer has fired in {@link checkEvery} images or in all.
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, images: 5 }] }));
 * const times = await encodeImages(generateDigits(5, 1), 28, 28, spec.encoder);
 * const { layer, weights } = await trainNetwork(spec, times, { seed: 1 });
 * [layer, weights[0].length];   // => [1, 7 * 7 * 2 * 2]
 */
export async function trainNetwork(
  spec: NetworkSpec,
  times: SpikeTimes,
  options: TrainingOptions,
  ...more: readonly never[]
): Promise<TrainingState> {
  const where = 'trainNetwork';
  nothingMore(more, where, 'trainNetwork(spec, times, options)');
  const network = checkedSpec(validateNetworkSpec, spec, where);
  const given = checkedTimes(times, where);
  const { from = untrained, ...checked } = checkedOptions<TrainingOptions>(options, where, {
    seed: aSeed,
    from: anything,
    onProgress: aListener,
    onLearned: aListener,
    keeper: aKeeper,
    signal: aSignal,
  });
  checkWork(network, given, where);
  const state = from === untrained ? untrained : checkedTraining(from, network, given.channels, given.count, where);
  return trained(network, given, state, checked, where);
}

/** {@link trainNetwork} of what has been checked. */
export async function trained(
  spec: NetworkSpec,
  times: SpikeTimes,
  from: TrainingState,
  options: TrainingOptions,
  where: string,
): Promise<TrainingState> {
  let state = from;
  const layers = layersOf(spec).length;
  while (state.layer < layers && !options.signal?.aborted) {
    state = await trainLayer(spec, times, state, options, where);
    options.onLearned?.(state);
  }
  return state;
}

async function trainLayer(
  spec: NetworkSpec,
  times: SpikeTimes,
  state: TrainingState,
  { seed, onProgress, keeper, signal }: TrainingOptions,
  where: string,
): Promise<TrainingState> {
  const { layer: index } = state;
  const { branch, index: own } = branchOfLayer(spec, index);
  const layer = branch.spec.layers[own];
  if (layer === undefined) return state;
  const seenTimes = timesOfBranch(times, branch);
  const done = state.weights.slice(0, index);
  const begun = state.weights[index] ?? initialWeights(layer, channelsOf(branch.spec, seenTimes, own), fork(seed, 2 * index));
  const thresholds = state.thresholds ?? firstThresholds(layer);
  const learner = await layerLearner(branch.spec, seenTimes, own, layer, [...ofBranch(branch, done), begun], thresholds);
  const order = randomPermutation(times.count, fork(seed, 2 * index + 1));
  const total = Math.min(layer.images, times.count);
  const convergence = [...state.convergence];
  let seen = state.imagesSeen;
  let fired = false;
  let converged = false;
  let learned: TrainingState;
  const yieldToEventLoop = makeYield();
  const present = async (): Promise<TrainingState> => {
    const [weights, moved] = [[...done, await learner.weights()], learner.thresholds()];
    return { layer: index, imagesSeen: seen, weights, convergence: [...convergence], ...(moved && { thresholds: moved }) };
  };
  try {
    while (seen < total && !converged && !signal?.aborted) {
      const winners = await learner.learn(integerAt(order, seen), seen);
      fired ||= winners > 0;
      seen++;
      if (!fired) checkAlive(`${branch.name}.layers[${own}]`, seen - state.imagesSeen, total, layer, where);
      if (seen % checkEvery === 0 || seen === total) {
        const value = await learner.convergence();
        convergence.push({ layer: index, images: seen, value });
        converged = value < layer.stopBelow;
      }
      onProgress?.(index, seen, total, convergence.at(-1)?.value);
      await yieldToEventLoop();
      if (seen < total && !converged && keeper?.due()) await keeper.keep(await present());
    }
    learned = await present();
  } finally {
    learner.end();
  }
  return seen >= total || converged ? layerDone(learned, layer) : learned;
}

/** The state after the last image of a layer. */
function layerDone({ layer, weights, convergence, thresholds }: TrainingState, { threshold }: ConvLayerSpec): TrainingState {
  const own = at(weights, layer);
  const learned = thresholds === undefined ? own : atOneThreshold(own, threshold, thresholds);
  return { layer: layer + 1, imagesSeen: 0, weights: [...weights.slice(0, layer), learned], convergence };
}

/** What has been silent for so long has learned nothing, and will learn nothing. */
function checkAlive(name: string, silent: number, total: number, { threshold }: ConvLayerSpec, where: string): void {
  const problem = () =>
    `was silent in all of ${silent} images: no potential came above its threshold ${threshold}; lower it, or see what the images hold`;
  ensure(silent < Math.min(total, checkEvery), where, name, problem);
}

const channelsOf = ({ layers }: NetworkSpec, { channels }: SpikeTimes, index: number): number =>
  layers[index - 1]?.maps ?? channels;
