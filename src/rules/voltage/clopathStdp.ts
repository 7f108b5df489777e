import * as tf from '@tensorflow/tfjs-core';
import { ensure, orThrow } from '../../core/errors.js';
import { type Numeric, nothingMore } from '../../core/params/validation.js';
import { checkShape, mostSteps } from '../../core/shapes.js';
import { asTensor } from '../../core/tensors.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { decayTrace, traceDecay } from '../../traces/unchecked/exponentialTrace.js';
import { makeRule } from '../makeRule.js';
import type { Rule } from '../rule.js';
import { type ClopathStdpParams, validateClopathStdpParams } from './clopathStdpParams.js';

/**
 * What voltage-based plasticity remembers.
 *
 * @property tPre        presynaptic trace, 1/ms.
 * @property uMinusPost  filtered potential that depression reads, mV.
 * @property uPlusPost   filtered potential that potentiation reads, mV.
 * @property uHistory    potentials of the last `delay`, oldest first, `[batch, steps, …post]`; absent without a delay.
 */
export interface ClopathStdpState {
  readonly tPre: tf.Tensor;
  readonly uMinusPost: tf.Tensor;
  readonly uPlusPost: tf.Tensor;
  readonly uHistory?: tf.Tensor;
}

/**
 * Voltage-based plasticity: presynaptic spikes depress where the potential has been high; potentials above threshold
 * potentiate where it had been high already and presynaptic spikes came before.
 *
 *     w' = bound( w + etaPlus·dt · Σ_b xPre ⊗ [u − thetaPlus]₊·[ū₊ − thetaMinus]₊  −  etaMinus · Σ_b zPre ⊗ [ū₋ − thetaMinus]₊ )
 *
 * u comes as `input.voltage`, the shape of `input.post`, mV. Left out, a neuron is at uSpike in a step with a spike and
 * at uRest in every other. ū₋ and ū₊ are u up to the step before, low-pass filtered by tauMinus and tauPlus (and taken `delay` ago, in whole steps);
 * xPre holds the spikes before this step, 1/tauPre each. There is no homeostasis: etaMinus does not follow the mean potential.
 *
 * A potential is taken to hold over a step. Where a neuron model filters its own, between steps too, hand those in with the
 * state: `{ ...state, uMinusPost, uPlusPost }`, without a `delay` here.
 *
 * @param params    see {@link ClopathStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Clopath, Büsing, Vasilaki and Gerstner 2010; the delay as in its code and in NEST `clopath_synapse`.
 *
 * @example
 * const rule = clopathStdp({ etaMinus: 0.01, tauMinus: 10, uRest: -70, thetaMinus: -70 });
 * const state = rule.init({ pre: [1], post: [1] });
 * const depolarised = rule.step({ pre: [0], post: [0], voltage: [-50] }, [[0.5]], state);
 * const [w] = rule.step({ pre: [1], post: [0], voltage: [-50] }, ...depolarised);
 * w.print();   // => [[0.5 - 0.01 * 20 * (1 - Math.exp(-1 / 10))]]
 */
export function clopathStdp(
  params?: Partial<ClopathStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<ClopathStdpState> {
  nothingMore(more, 'clopathStdp', 'clopathStdp(params, topology)');
  const complete = orThrow(validateClopathStdpParams(params));
  const { dt, uRest, uSpike, thetaPlus, thetaMinus } = complete;
  const steps = Math.round(complete.delay / dt);
  ensure(steps <= mostSteps, 'clopathStdp', 'delay', () => `of ${complete.delay} ms is too long for steps of ${dt} ms`);
  const exact = (tau: Numeric) => ({ tau, amplitude: 1, dt, traceMode: 'cumulative', integration: 'exact' }) as const;
  const filtered = (old: tf.Tensor, u: tf.Tensor, tau: Numeric) => tf.add(u, tf.mul(tf.sub(old, u), traceDecay(exact(tau))));
  const above = (u: tf.Tensor, threshold: Numeric) => tf.relu(tf.sub(u, asTensor(threshold)));
  return makeRule<ClopathStdpState>({
    name: 'clopathStdp',
    params: complete,
    perInput: ['tauPre'],
    reads: ['voltage'],
    topology,
    init: ({ pre, post }) => {
      const batch = post.length === topology.rank ? 1 : 0;
      const history = checkShape([...post.slice(0, batch), steps, ...post.slice(batch)], 'clopathStdp', 'delay');
      return {
        tPre: tf.zeros([...pre]),
        uMinusPost: tf.fill([...post], uRest),
        uPlusPost: tf.fill([...post], uRest),
        ...(steps > 0 && { uHistory: tf.fill([...history], uRest) }),
      };
    },
    delta: ({ pre, post, voltage }, _w, { tPre, uMinusPost, uPlusPost, uHistory }) => {
      const u = voltage ?? tf.add(uRest, tf.mul(post, uSpike - uRest));
      const decayed = decayTrace(tPre, exact(complete.tauPre));
      const burst = tf.mul(tf.mul(above(u, thetaPlus), above(uPlusPost, thetaMinus)), dt);
      const delta = {
        potentiation: [{ pre: decayed, post: burst }],
        depression: [{ pre, post: above(uMinusPost, thetaMinus) }],
      };
      const [past, history] = shift(uHistory, u);
      const next = {
        tPre: tf.add(decayed, tf.div(pre, asTensor(complete.tauPre))),
        uMinusPost: filtered(uMinusPost, past, complete.tauMinus),
        uPlusPost: filtered(uPlusPost, past, complete.tauPlus),
      };
      return [delta, history === undefined ? next : { ...next, uHistory: history }];
    },
    update: { ...complete, weightDependence: 'additive', mu: 0 },
  });
}

/** The oldest potential, and the history with the present one in its place at the other end. */
function shift(history: tf.Tensor | undefined, u: tf.Tensor): readonly [oldest: tf.Tensor, next: tf.Tensor | undefined] {
  if (history === undefined) return [u, undefined];
  const oldest = tf.slice(history, [0, 0], [-1, 1]);
  const rest = tf.slice(history, [0, 1], [-1, -1]);
  return [tf.squeeze(oldest, [1]), tf.concat([rest, tf.expandDims(u, 1)], 1)];
}
