import * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import { ensure, orThrow } from '../core/errors.js';
import { aFunction, nothingMore, timeConstantScalar, validateParams } from '../core/params/validation.js';
import { sumOf, tidily, toFloat } from '../core/tensors.js';
import { mapTensors } from '../core/trees.js';
import { pairRule } from '../rules/pair/pairStdp.js';
import type { PairStdpParams } from '../rules/pair/pairStdpParams.js';
import type { StdpState } from '../rules/pair/stdpState.js';
import type { Rule } from '../rules/rule.js';
import { checkTopology } from '../topologies/checkTopology.js';
import { dense } from '../topologies/dense.js';
import type { Topology } from '../topologies/topology.js';
import type { Term } from '../updates/delta.js';
import { ofFunction } from '../updates/ofFunction.js';
import { perSample } from '../updates/perSample.js';

/** SpikingJelly's arguments. */
export interface SpikingJellyParams {
  /** Time constant of the inputs' traces, in steps. Default 2. */
  readonly tauPre?: number;
  /** Time constant of the outputs' traces, in steps. Default 2. */
  readonly tauPost?: number;
  /** What a weight multiplies depression by. Default: itself, as in the peer. */
  readonly fPre?: (w: tf.Tensor) => tf.Tensor;
  /** What a weight multiplies potentiation by. Default: itself. */
  readonly fPost?: (w: tf.Tensor) => tf.Tensor;
}

/**
 * SpikingJelly's STDP step: the change of the weights, summed over the batch and not applied. {@link pairStdp}'s traces
 * and factors, with traces x that lose 1/τ in each step:
 *
 *     Δw = fPost(w)·Σ_b xPre ⊗ zPost − fPre(w)·Σ_b zPre ⊗ xPost
 *
 * @param zPre      spikes, with or without a batch.
 * @param zPost     spikes.
 * @param w         weights.
 * @param state     from {@link initStdpState} or the step before.
 * @param params    see {@link SpikingJellyParams}.
 * @param topology  Default {@link dense}.
 * @returns `[Δw, state]`.
 * @throws {StdpError} when shapes disagree or a parameter is out of range.
 *
 * Source: SpikingJelly `stdp_linear_step`, `stdp_conv2d_step`.
 *
 * @example
 * const [change] = spikingJellyStdp([1], [1], [[0.5]], { tPre: tf.zeros([1]), tPost: tf.ones([1]) }, { tauPost: 4 });
 * change.print();   // => [[0.5 * 1 - 0.5 * 1.75]]
 */
export function spikingJellyStdp(
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  w: tf.TensorLike | tf.Tensor,
  state: StdpState,
  params?: SpikingJellyParams,
  topology: Topology = dense,
  ...more: readonly never[]
): [tf.Tensor, StdpState] {
  nothingMore(more, 'spikingJellyStdp', 'spikingJellyStdp(zPre, zPost, w, state, params, topology)');
  return tidily(() => {
    const [changes, next] = products(zPre, zPost, w, state, params, topology, {
      where: 'spikingJellyStdp',
      integration: 'euler',
    });
    const isEmpty = changes.size === 0; // tfjs's sum of nothing is what lies in memory
    return [isEmpty ? tf.zeros(changes.shape.slice(1)) : tf.sum(changes, 0), next];
  });
}

/**
 * SpikingJelly's reward-modulated STDP step: the change of each sample, to be multiplied by its reward. As
 * {@link spikingJellyStdp} with traces that decay by exp(−1/τ).
 *
 * @returns `[[batch, …weight shape], state]`.
 *
 * Source: SpikingJelly `mstdp_linear_step`.
 *
 * @example
 * const [perSample] = spikingJellyMstdp([[1], [0]], [[1], [1]], [[0.5]], initStdpState([2, 1], [2, 1]));
 * perSample.shape;   // => [2, 1, 1]
 */
export function spikingJellyMstdp(
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  w: tf.TensorLike | tf.Tensor,
  state: StdpState,
  params?: SpikingJellyParams,
  topology: Topology = dense,
  ...more: readonly never[]
): [tf.Tensor, StdpState] {
  nothingMore(more, 'spikingJellyMstdp', 'spikingJellyMstdp(zPre, zPost, w, state, params, topology)');
  return products(zPre, zPost, w, state, params, topology, { where: 'spikingJellyMstdp', integration: 'exact' });
}

/**
 * SpikingJelly's step for eligibility traces: {@link spikingJellyMstdp} without a batch. What it gives is to be gathered
 * in a trace that a reward reads; {@link eligibilityStdp} does all of that.
 *
 * @returns `[change, state]`, the change in the shape of w.
 *
 * Source: SpikingJelly `mstdpet_linear_step`.
 *
 * @example
 * const [change] = spikingJellyMstdpet([1], [1], [[0.5]], { tPre: tf.ones([1]), tPost: tf.zeros([1]) });
 * change.print();   // => [[0.5 * (Math.exp(-1 / 2) + 1) - 0.5]]
 */
export function spikingJellyMstdpet(
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  w: tf.TensorLike | tf.Tensor,
  state: StdpState,
  params?: SpikingJellyParams,
  topology: Topology = dense,
  ...more: readonly never[]
): [tf.Tensor, StdpState] {
  nothingMore(more, 'spikingJellyMstdpet', 'spikingJellyMstdpet(zPre, zPost, w, state, params, topology)');
  return tidily(() => {
    const where = 'spikingJellyMstdpet';
    const [changes, next] = products(zPre, zPost, w, state, params, topology, { where, integration: 'exact' });
    ensure(changes.shape[0] === 1, where, 'zPre', () => `has ${changes.shape[0]} samples, needs one`);
    return [tf.squeeze(changes, [0]), next];
  });
}

/** The pair rule behind the steps: its Delta is what they multiply by the functions of the weight. */
export function spikingJellyRule(
  { tauPre = 2, tauPost = 2, integration }: SpikingJellyParams & Pick<PairStdpParams, 'integration'>,
  topology: Topology,
  where = 'spikingJellyRule',
): Rule<StdpState> {
  // An Euler trace grows by 1/τ with each spike; the peer's by 1.
  const amplitudes = integration === 'euler' ? { aPre: tauPre, aPost: tauPost } : {};
  return pairRule({ tauPre, tauPost, integration, ...amplitudes }, topology, { where, pre: 'zPre', post: 'zPost' });
}

interface Form {
  readonly where: string;
  readonly integration: PairStdpParams['integration'];
}

/** fPost(w)·xPre ⊗ zPost − fPre(w)·zPre ⊗ xPost of each sample. */
function products(
  zPre: tf.TensorLike | tf.Tensor,
  zPost: tf.TensorLike | tf.Tensor,
  w: tf.TensorLike | tf.Tensor,
  state: StdpState,
  params: SpikingJellyParams | undefined,
  topology: Topology,
  { where, integration }: Form,
): [tf.Tensor, StdpState] {
  const { fPre, fPost, ...constants } = complete(params, where);
  checkTopology(topology, where);
  return tidily(() => {
    const weights = toFloat(w, where, 'w');
    const rule = spikingJellyRule({ ...constants, integration }, topology, where);
    const [delta, next] = rule.delta({ pre: zPre, post: zPost }, weights, state);
    const { shape } = weights;
    const batch = batchOf(next.tPre, topology);
    const side = (terms: readonly Term[]) =>
      terms.length === 0 ? tf.zeros([batch, ...shape]) : sumOf(terms.map((term) => perSample(term, topology, shape)));
    const factor = (name: 'fPre' | 'fPost', f: (w: tf.Tensor) => tf.Tensor) => ofFunction(f(weights), shape, where, name, true);
    const up = tf.mul(side(delta.potentiation), factor('fPost', fPost));
    const down = tf.mul(side(delta.depression), factor('fPre', fPre));
    return [tf.sub(up, down), mapTensors(next, (tensor) => tf.clone(tensor))];
  });
}

const batchOf = ({ rank, shape }: tf.Tensor, topology: Topology): number => (rank === topology.rank ? at(shape, 0) : 1);

const complete = (params: SpikingJellyParams | undefined, where: string): Required<SpikingJellyParams> =>
  orThrow(
    validateParams<Required<SpikingJellyParams>>(where, { tauPre: 2, tauPost: 2, fPre: tf.clone, fPost: tf.clone }, params, {
      tauPre: timeConstantScalar,
      tauPost: timeConstantScalar,
      fPre: aFunction,
      fPost: aFunction,
    }),
  );
