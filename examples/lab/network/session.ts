import { computeConvergenceMetric, fork, orThrow, randomPermutation } from 'tfjs-stdp';
import { type NetworkSpec, presets, type TrainingState, trainNetwork, validateNetworkSpec } from 'tfjs-stdp/networks';
import type { FittedReadout } from './readout.js';
import type { TrainingSet } from './trainingSet.js';

/**
 * All that the worker knows, as a plain record: a piece of work makes the next one from it, so that nothing is lost when
 * the work is cut short or its device goes away.
 *
 * @property weights   `[size, size, 2, maps]`.
 * @property seen      images learned from.
 * @property finished  whether all images were seen, or the weights have converged.
 * @property latest    the last image's place in the training set, and the maps that learned from it, which aren't known where
 *                     others were learned from in one go with it.
 */
export interface Session {
  readonly seed: number;
  readonly set: TrainingSet;
  readonly weights: Float32Array;
  readonly seen: number;
  readonly finished: boolean;
  readonly convergence: number;
  readonly latest: { readonly image: number; readonly winners: readonly number[] | undefined } | undefined;
  readonly readout: FittedReadout | undefined;
}

/** The digits network: one layer of maps. */
const digits = orThrow(validateNetworkSpec(presets.digits.network));
const { readout } = digits;
const [digitsLayer] = digits.layers;
if (digitsLayer === undefined || readout.type !== 'linear')
  throw new Error('The digits preset is no layer with a linear read-out.');

/** Its layer, and how it is read out. */
export const [layer, linearReadout] = [digitsLayer, readout];

/** The network, learning from so many images. */
export const networkFor = (images: number): NetworkSpec => ({ ...digits, layers: [{ ...layer, images }] });

/** Nothing learned yet: the weights with which `trainNetwork` begins. */
export async function newSession(seed: number, set: TrainingSet): Promise<Session> {
  const { weights } = await trainNetwork(networkFor(0), set.times, { seed });
  return { seed, set, ...(await learned(weights)), seen: 0, finished: false, latest: undefined, readout: undefined };
}

const learned = async ([weights = new Float32Array(0)]: readonly Float32Array[]) => ({
  weights,
  convergence: await computeConvergenceMetric(weights),
});

/** Learns from images until `enough` says so, the signal comes, or there is nothing more to learn. */
export async function learn(session: Session, enough: (images: number) => boolean, signal: AbortSignal): Promise<Session> {
  const { set, seed, weights, seen } = session;
  if (session.finished || signal.aborted) return session;
  const stop = new AbortController();
  signal.addEventListener('abort', () => stop.abort());
  const from: TrainingState = { layer: 0, imagesSeen: seen, weights: [weights], convergence: [] };
  let done = seen;
  const state = await trainNetwork(networkFor(set.times.count), set.times, {
    seed,
    from,
    signal: stop.signal,
    onProgress: (_layer, images) => {
      done = images;
      if (enough(images - seen)) stop.abort();
    },
  });
  if (done === seen) return session;
  const next = await learned(state.weights);
  const winners = done - seen === 1 ? changedMaps(weights, next.weights) : undefined;
  const latest = { image: imageAt(session, done - 1), winners };
  return { ...session, ...next, seen: done, finished: state.layer > 0, latest };
}

/** Where the n-th image shown stands in the training set: the order in which `trainNetwork` goes through it. */
export const imageAt = ({ seed, set }: Pick<Session, 'seed' | 'set'>, n: number): number =>
  randomPermutation(set.times.count, fork(seed, 1))[n] ?? 0;

/** The maps whose weights differ: after one image, its winners. */
function changedMaps(before: Float32Array, after: Float32Array): readonly number[] {
  const changed = new Set<number>();
  after.forEach((value, index) => {
    if (value !== before[index]) changed.add(index % layer.maps);
  });
  return [...changed].sort((a, b) => a - b);
}
