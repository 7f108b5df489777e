import * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { checkShape } from '../../core/shapes.js';
import { ensureBackend } from '../../core/tensors.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import type { TraceParams } from '../../traces/exponentialTrace.js';
import { readTrace, tensorActivities } from '../activities.js';
import { presentInSides } from '../coincidence.js';
import { ruleBehind } from '../makeRule.js';
import type { Rule } from '../rule.js';
import type { CallNames } from '../ruleInput.js';
import { fusedPairs } from './fusedPairs.js';
import { pairConstants } from './pairConstants.js';
import { initPairs, isPaired, pairedDelta } from './pairingSchemes.js';
import { type PairStdpParams, pairStdpSchema } from './pairStdpParams.js';
import type { StdpState } from './stdpState.js';

/**
 * The state before the first spike: both traces zero. (Of the schemes `'preCentred'` and `'restrictedNearest'`, which
 * remember more, the rule's own `init` gives it.)
 *
 * @param preShape   shape of the presynaptic spikes, with or without batch.
 * @param postShape  shape of the postsynaptic spikes.
 * @throws {StdpError} when one is no shape.
 * @example
 * initStdpState([3], [1]);   // => { tPre: [0, 0, 0], tPost: [0] }
 */
export function initStdpState(preShape: readonly number[], postShape: readonly number[], ...more: readonly never[]): StdpState {
  const where = 'initStdpState';
  nothingMore(more, where, 'initStdpState(preShape, postShape)');
  ensureBackend(where);
  const [pre, post] = [checkShape(preShape, where, 'preShape'), checkShape(postShape, where, 'postShape')];
  return { tPre: tf.zeros([...pre]), tPost: tf.zeros([...post]) };
}

/**
 * Pair-based STDP with traces. In one step, with spikes z and traces x that already hold the present spikes:
 *
 *     xPre = trace(xPre, zPre)    xPost = trace(xPost, zPost)
 *     w' = bound( w + etaPlus·f₊(w) ∘ Σ_b xPre ⊗ zPost  −  etaMinus·f₋(w) ∘ Σ_b zPre ⊗ xPost )
 *
 * @param params    see {@link PairStdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range.
 *
 * Source: Song, Miller and Abbott 2000; Morrison, Diesmann and Gerstner 2008; Norse `stdp_step_linear`, `stdp_step_conv2d`.
 *
 * @example
 * const rule = pairStdp({ tauPre: 20, etaPlus: 0.1, integration: 'exact' });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * const [w] = rule.step({ pre: [0], post: [1] }, ...before);
 * w.print();   // => [[0.5 + 0.1 * Math.exp(-1 / 20)]]
 */
export function pairStdp(
  params?: Partial<PairStdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<StdpState> {
  nothingMore(more, 'pairStdp', 'pairStdp(params, topology)');
  return pairRule(params, topology, { where: 'pairStdp', pre: 'pre', post: 'post' });
}

/** {@link pairStdp}, with the names that messages give it and its spikes. */
export function pairRule(params: Partial<PairStdpParams> | undefined, topology: Topology, names: CallNames): Rule<StdpState> {
  const complete = orThrow(pairStdpSchema.validate(params, names.where));
  const { coincidence, traceMode } = complete;
  const traces = traceParams(complete);
  const constants = pairConstants(complete);
  const present = presentInSides(coincidence);
  return ruleBehind<StdpState>(
    {
      name: 'pairStdp',
      params: complete,
      perInput: ['tauPre', 'aPre'],
      topology,
      init: (shapes) => ({ ...initStdpState(shapes.pre, shapes.post), ...initPairs(traceMode, topology, shapes) }),
      delta: (input, w, state) => {
        const { pre, post } = input;
        if (isPaired(traceMode)) return pairedDelta(input, w, state, { scheme: traceMode, topology, traces, present });
        const tPre = readTrace(tensorActivities, state.tPre, pre, traces.pre, present.pre);
        const tPost = readTrace(tensorActivities, state.tPost, post, traces.post, present.post);
        const delta = { potentiation: [{ pre: tPre.read, post }], depression: [{ pre, post: tPost.read }] };
        return [delta, { tPre: tPre.next, tPost: tPost.next }];
      },
      update: complete,
      fast: constants && fusedPairs(constants, topology),
    },
    names,
  );
}

const traceParams = ({
  dt,
  integration,
  ...params
}: PairStdpParams): { readonly pre: TraceParams; readonly post: TraceParams } => {
  const traceMode = params.traceMode === 'cumulative' ? 'cumulative' : 'nearest';
  return {
    pre: { tau: params.tauPre, amplitude: params.aPre, dt, traceMode, integration },
    post: { tau: params.tauPost, amplitude: params.aPost, dt, traceMode, integration },
  };
};
