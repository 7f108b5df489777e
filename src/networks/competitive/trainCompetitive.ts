import { addAt, doubleAt, integerAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { anything, ensureIs, integerFrom, nothingMore } from '../../core/params/validation.js';
import { aSeed, fork, randomPermutation, randomUniform, type Seed } from '../../core/random.js';
import type { LabelledImages } from '../../data/dataSet.js';
import { competitiveLayer } from '../../kernels/host/competitiveLayer.js';
import { networkKernels } from '../../kernels/module/networkKernels.js';
import { checkedImages, type Images } from '../checked/images.js';
import { aListener, aSignal, checkedOptions, checkedSpec } from '../checked/options.js';
import { aKeeper, type Keeper } from '../checkpoints.js';
import { checkedState } from '../competitiveSpec/checkedLearned.js';
import { competitiveConstants } from '../competitiveSpec/competitiveConstants.js';
import { type CompetitiveSpec, validateCompetitiveSpec } from '../competitiveSpec/competitiveSpec.js';
import type { ActivityPoint, CompetitiveState } from '../competitiveSpec/competitiveState.js';
import { makeYield } from '../makeYield.js';
import { streams } from './streams.js';

/** What happens while a competitive layer learns. */
export interface CompetitiveTraining {
  readonly seed: Seed;
  /** Where to go on from. Default: {@link untrainedLayer}. */
  readonly from?: CompetitiveState;
  /** Called now and then with the images done and due, and the spikes an image has caused lately. */
  readonly onProgress?: (done: number, total: number, spikes: number) => void;
  /** Told in the end what has been learned, before anything else is done: it outlives whatever fails afterwards. */
  readonly onLearned?: (state: CompetitiveState) => void;
  /** Given the state after a batch, when one is due. */
  readonly keeper?: Keeper<CompetitiveState> | undefined;
  /** Stops after the present batch; the state returned can be gone on from. */
  readonly signal?: AbortSignal;
}

/** Images of a whole {@link ActivityPoint}. */
const window = 1000;
/** Images between two looks at the clock; a window has whole batches. They don't show in the results. */
const batch = 50;
/** Images after which a layer that hasn't fired yet is taken to be silent for ever. */
const patience = 250;

/**
 * The layer before training: weights even in (0, 1], scaled to the sum `norm` for each neuron; thresholds that haven't grown.
 *
 * @param pixels  of an image, at least 1.
 * @throws {StdpError} when the network doesn't suit images of this size.
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 3 }, learning: { norm: 2 } }));
 * const { weights } = untrainedLayer(spec, 4, 1);
 * Math.abs(weights[0] + weights[3] + weights[6] + weights[9] - 2) < 1e-6;   // => true
 */
export function untrainedLayer(spec: CompetitiveSpec, pixels: number, seed: Seed, ...more: readonly never[]): CompetitiveState {
  const where = 'untrainedLayer';
  nothingMore(more, where, 'untrainedLayer(spec, pixels, seed)');
  const network = checkedSpec(validateCompetitiveSpec, spec, where);
  ensureIs(integerFrom(1), pixels, where, 'pixels');
  ensureIs(aSeed, seed, where, 'seed');
  competitiveConstants(network, pixels, where);
  return newLayer(network, pixels, seed);
}

/** {@link untrainedLayer} of what has been checked. */
export function newLayer(
  { layer: { neurons }, learning: { norm } }: CompetitiveSpec,
  pixels: number,
  seed: Seed,
): CompetitiveState {
  const draws = randomUniform(pixels * neurons, fork(seed, streams.weights)).map((value) => 1 - value);
  const sums = new Float64Array(neurons);
  draws.forEach((value, index) => {
    addAt(sums, index % neurons, value);
  });
  const weights = draws.map((value, index) => (norm * value) / doubleAt(sums, index % neurons));
  return { imagesSeen: 0, weights, theta: new Float32Array(neurons), activity: [] };
}

/**
 * Shows a competitive layer training images in random order, again in another when all were shown; it learns from each,
 * without labels.
 *
 * @returns the state after the last image, or where the signal stopped it.
 * @throws {StdpError} when an option isn't known, there are no images or pixels aren't bytes, as many for each image; `from` isn't of
 *   such a network, or that doesn't suit images of this size; and when no neuron has fired for 250 images or for all.
 * @example
 * const spec = orThrow(validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 10 }, learning: { images: 30 } }));
 * const { imagesSeen, weights } = await trainCompetitive(spec, generateDigits(20, 1), { seed: 1 });
 * [imagesSeen, weights.length];   // => [30, 784 * 10]
 */
export async function trainCompetitive(
  spec: CompetitiveSpec,
  images: Pick<LabelledImages, 'pixels' | 'count'>,
  options: CompetitiveTraining,
  ...more: readonly never[]
): Promise<CompetitiveState> {
  const where = 'trainCompetitive';
  nothingMore(more, where, 'trainCompetitive(spec, images, options)');
  const network = checkedSpec(validateCompetitiveSpec, spec, where);
  const given = checkedImages(images, undefined, where, 'images');
  ensure(given.count > 0, where, 'images', () => 'holds no images');
  const checked = checkedOptions<CompetitiveTraining>(options, where, {
    seed: aSeed,
    from: anything,
    onProgress: aListener,
    onLearned: aListener,
    keeper: aKeeper,
    signal: aSignal,
  });
  const size = given.pixels.length / given.count;
  const from = checked.from === undefined ? undefined : checkedState(checked.from, network, size, where);
  return learnedCompetitively(network, given, { ...checked, ...(from && { from }) }, where);
}

/** {@link trainCompetitive} of what has been checked. */
export async function learnedCompetitively(
  spec: CompetitiveSpec,
  { pixels, count }: Images,
  { seed, from, onProgress, onLearned, keeper, signal }: CompetitiveTraining,
  where: string,
): Promise<CompetitiveState> {
  const size = pixels.length / count;
  const constants = competitiveConstants(spec, size, where);
  const start = from ?? newLayer(spec, size, seed);
  await networkKernels.ready();
  const layer = competitiveLayer(constants, start);
  const imageAt = shownImages(count, fork(seed, streams.order));
  const spikes = fork(seed, streams.learning);
  const total = spec.learning.images;
  let { imagesSeen, activity }: CompetitiveState = start;
  let fired = 0;
  const yieldToEventLoop = makeYield();
  while (imagesSeen < total && !signal?.aborted) {
    const numbers = Array.from({ length: Math.min(batch, total - imagesSeen) }, (_, index) => imagesSeen + index);
    const images = new Uint8Array(size * numbers.length);
    numbers.forEach((number, place) => {
      const image = imageAt(number);
      images.set(pixels.subarray(image * size, (image + 1) * size), place * size);
    });
    const raster = layer.present(
      images,
      spikes.seed,
      numbers.map((number) => fork(spikes, number).stream),
      true,
    );
    imagesSeen += numbers.length;
    const some = countSpikes(raster);
    fired += some;
    if (fired === 0) checkAlive(imagesSeen - start.imagesSeen, spec, where);
    activity = extended(activity, imagesSeen, some);
    onProgress?.(imagesSeen, total, meanSpikes(activity));
    await yieldToEventLoop();
    if (imagesSeen < total && keeper?.due()) await keeper.keep({ imagesSeen, activity, ...layer.learned() });
  }
  const state = { imagesSeen, activity, ...layer.learned() };
  onLearned?.(state);
  return state;
}

/** What has been silent for so long has learned nothing, and will learn nothing. */
function checkAlive(silent: number, { layer, learning }: CompetitiveSpec, where: string): void {
  const problem = () =>
    `was silent in all of ${silent} images: no potential came above its threshold ${layer.threshold}; lower it, or see what the images hold`;
  ensure(silent < Math.min(learning.images, patience), where, 'network.layer', problem);
}

/** Which image is shown as number 0, 1, …: all in random order, then all in another. */
function shownImages(count: number, seed: Seed): (number: number) => number {
  let round = -1;
  let order: Int32Array = new Int32Array();
  return (number) => {
    if (round !== Math.floor(number / count)) {
      round = Math.floor(number / count);
      order = randomPermutation(count, fork(seed, round));
    }
    return integerAt(order, number % count);
  };
}

const countSpikes = (raster: Int32Array): number => raster.reduce((sum, neuron) => (neuron < 0 ? sum : sum + 1), 0);

/** Adds to the last point until its thousand is full. */
function extended(activity: readonly ActivityPoint[], images: number, spikes: number): readonly ActivityPoint[] {
  const last = activity.at(-1);
  if (last === undefined || last.images % window === 0) return [...activity, { images, spikes }];
  return [...activity.slice(0, -1), { images, spikes: last.spikes + spikes }];
}

/** Spikes an image since the point before the last. */
const meanSpikes = (activity: readonly ActivityPoint[]): number => {
  const [before, last] = [activity.at(-2), activity.at(-1)];
  if (last === undefined) return 0;
  return last.spikes / (before === undefined ? last.images : last.images - before.images);
};
