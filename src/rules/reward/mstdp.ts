import * as tf from '@tensorflow/tfjs-core';
import { pipe } from 'fp-ts/lib/function.js';
import { orThrow, type Validated } from '../../core/errors.js';
import { frozen } from '../../core/frozen.js';
import { nothingMore, scalar, validateParams } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import type { Delta } from '../../updates/delta.js';
import { ratesInside } from '../../updates/updateParams.js';
import { orderedBounds } from '../boundParams.js';
import { separable } from '../coincidence.js';
import { makeRule } from '../makeRule.js';
import { initPairTraces, type PairTracesState, pairTracesStep } from '../pair/pairTraces.js';
import { type TwoFactorStdpParams, twoFactorStdpChecks, twoFactorStdpDefaults } from '../pair/twoFactorStdp.js';
import type { Rule } from '../rule.js';
import { type SignedHalf, signedDelta, type Wiring } from '../signedDelta.js';

/**
 * Parameters of {@link mstdp}: those of {@link TwoFactorStdpParams}, with `batchReduction` `'sum'` by default, and
 *
 * @property scale  what rewards are multiplied with. Default 1 (samples are summed: 1/batch gives a mean).
 */
export interface MstdpParams extends TwoFactorStdpParams {
  readonly scale: number;
}

/** The defaults of {@link MstdpParams}. */
export const mstdpDefaults: MstdpParams = frozen({ ...twoFactorStdpDefaults, batchReduction: 'sum', scale: 1 });

/** One check for each of {@link MstdpParams}. */
export const mstdpChecks = { ...twoFactorStdpChecks, scale: scalar };

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateMstdpParams({ dt: 0 });
 * pipe(params, match((error) => error.message, () => 'good'));   // => 'mstdp: dt must be a number > 0, got 0'
 */
export const validateMstdpParams = (given?: Partial<MstdpParams>, where = 'mstdp'): Validated<MstdpParams> =>
  pipe(validateParams(where, mstdpDefaults, given, mstdpChecks), orderedBounds(where), separable(where));

/**
 * Reward-modulated STDP: {@link twoFactorStdp}, each sample's change multiplied by its reward M, so that a negative
 * reward turns it round.
 *
 *     Δw = f_b  scale·M_b · ( etaPost · Σ_p zPost ⊗ xPre(d)  +  etaPre · Σ_p zPre(d) ⊗ xPost )
 *
 * The reward comes with each input, one number or one per sample. Without it only the traces advance. A product
 * etaPost·M ≥ 0 is on the potentiation side, one below 0 on the depression side, and so for etaPre.
 *
 * @param params    see {@link MstdpParams}; all optional.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when a parameter is unknown or out of range, or a delay comes without `maxDelay`.
 *
 * Source: Florian 2007 (MSTDP); Inferno `MSTDP` (which, where the reward differs between
 * samples, lets `'mean'` divide by the number of entries of each sign; here it divides by the batch).
 *
 * @example
 * const rule = mstdp({ etaPost: 0.1, etaPre: -0.1 });
 * const before = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1], reward: -2 }, ...before)[0].print();   // => [[0.5 - 0.2 * Math.exp(-1 / 20)]]
 */
export function mstdp(
  params?: Partial<MstdpParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<PairTracesState> {
  nothingMore(more, 'mstdp', 'mstdp(params, topology)');
  const name = 'mstdp';
  const complete = orThrow(validateMstdpParams(params, name));
  return makeRule<PairTracesState>({
    name,
    params: complete,
    perInput: ['tauPre'],
    reads: ['reward', 'delay'],
    topology,
    init: (shapes) => initPairTraces(shapes, topology, complete),
    delta: (input, w, state) => {
      const { post, pre, next } = pairTracesStep(name, input, w.shape, state, topology, complete);
      const halves = [
        { rate: complete.etaPost, term: post },
        { rate: complete.etaPre, term: pre },
      ];
      return [rewarded(halves, { topology, weightShape: w.shape }, input.reward, complete.scale), next];
    },
    update: { ...complete, ...ratesInside },
  });
}

/** The halves under a reward; nothing when none came. */
export function rewarded(
  halves: readonly SignedHalf[],
  wiring: Wiring,
  reward: number | tf.Tensor | undefined,
  scale: number,
): Delta {
  if (reward === undefined) return { potentiation: [], depression: [] };
  return signedDelta(halves, wiring, typeof reward === 'number' ? reward * scale : tf.mul(reward, scale));
}
