import * as tf from '@tensorflow/tfjs-core';
import { orThrow } from '../core/errors.js';
import { filled } from '../core/filled.js';
import { type FedeState, type FedeStdpParams, fedeStdp, fedeStdpSchema } from '../rules/homeostasis/fedeStdp.js';
import { type EligibilityState, eligibilityStdp } from '../rules/reward/eligibilityStdp.js';
import { reduceBatch } from '../updates/batchReduction.js';
import { splitSigns } from '../updates/splitSigns.js';
import { type EligibilityLearnerParams, eligibilityLearnerSchema } from './eligibilityLearnerParams.js';
import { type ActiveLayer, type LearningLayer, LearningRule } from './learningRule.js';

/**
 * {@link eligibilityStdp} as a {@link LearningRule}: `updateState` gathers eligibility, `step(reward)` turns it into
 * weight, `w + reduce_b reward·E`. Weights have no bounds, dependence or decay, as in the peer: their parameters are refused.
 *
 * Source: PySNN `MSTDPET` (`a_pre·lr` is etaPlus, `a_post·lr` is etaMinus).
 *
 * @example
 * const rule = new EligibilitySTDP({ hidden: { w: [[0.5]] } }, { etaPlus: 0.1, etaMinus: 0 });
 * rule.updateState({ hidden: { pre: [1], post: [1] } });
 * rule.step(2);
 * rule.weights('hidden').print();   // => [[0.7]]
 * rule.dispose();
 */
export class EligibilitySTDP extends LearningRule<EligibilityState, EligibilityLearnerParams> {
  /**
   * @param layers  connections by name; their params differ from `params`.
   * @param params  see {@link EligibilityLearnerParams}; all optional.
   * @throws {StdpError} when a parameter is unknown or out of range.
   */
  constructor(
    layers: { readonly [name: string]: LearningLayer<EligibilityLearnerParams> },
    params: Partial<EligibilityLearnerParams> = {},
    ...more: readonly never[]
  ) {
    super(layers, orThrow(eligibilityLearnerSchema.validate(params)), ...more);
  }

  protected override checkLayers(
    layers: { readonly [name: string]: LearningLayer<EligibilityLearnerParams> },
    defaults: EligibilityLearnerParams,
  ): void {
    super.checkLayers(layers, defaults);
    for (const { params } of Object.values(layers)) orThrow(eligibilityLearnerSchema.validate(filled(defaults, params)));
  }

  protected override nextState(
    { params, topology, w, pre, post }: ActiveLayer<EligibilityLearnerParams>,
    state: EligibilityState | undefined,
  ): EligibilityState {
    const rule = eligibilityStdp(params, topology);
    const before = state ?? rule.init({ pre: pre.shape, post: post.shape, w: w.shape });
    return rule.delta({ pre, post }, w, before)[1];
  }

  protected override change(
    { w, params }: Pick<ActiveLayer<EligibilityLearnerParams>, 'w' | 'params'>,
    { eligibility }: EligibilityState,
    reward: number,
  ): tf.Tensor {
    if (eligibility.size === 0) return tf.zerosLike(w);
    const { raises, lowers } = splitSigns(tf.mul(eligibility, reward));
    const reduced = (side: tf.Tensor) => reduceBatch(side, params.batchReduction, 'EligibilitySTDP');
    return tf.sub(reduced(raises), reduced(lowers));
  }
}

/**
 * {@link fedeStdp} as a {@link LearningRule}: `updateState` follows the traces, `step()` changes the weights by what the
 * latest activity asks for (times its argument, if given one).
 *
 * Source: PySNN `FedeSTDP`.
 *
 * @example
 * const rule = new FedeSTDP({ hidden: { w: [[0.5]] } }, { etaPlus: 0.1, etaMinus: 0.1 });
 * rule.updateState({ hidden: { pre: [1], post: [1] } });
 * rule.step();
 * rule.weights('hidden').print();   // => [[0.5 + 0.1 * (Math.E - 1)]]
 * rule.dispose();
 */
export class FedeSTDP extends LearningRule<FedeState & { readonly asked: tf.Tensor }, FedeStdpParams> {
  /**
   * @param layers  connections by name; their params differ from `params`.
   * @param params  see {@link FedeStdpParams}.
   * @throws {StdpError} when a parameter is unknown or out of range.
   */
  constructor(
    layers: { readonly [name: string]: LearningLayer<FedeStdpParams> },
    params: Partial<FedeStdpParams> = {},
    ...more: readonly never[]
  ) {
    super(layers, orThrow(fedeStdpSchema.validate(params, 'FedeSTDP')), ...more);
  }

  protected override checkLayers(
    layers: { readonly [name: string]: LearningLayer<FedeStdpParams> },
    defaults: FedeStdpParams,
  ): void {
    super.checkLayers(layers, defaults);
    for (const { params } of Object.values(layers)) orThrow(fedeStdpSchema.validate(filled(defaults, params), 'FedeSTDP'));
  }

  protected override nextState(
    { params, topology, w, pre, post }: ActiveLayer<FedeStdpParams>,
    state: FedeState | undefined,
  ): FedeState & { readonly asked: tf.Tensor } {
    const rule = fedeStdp(params, topology);
    const { tPre } = state ?? rule.init({ pre: pre.shape, post: post.shape });
    const [after, next] = rule.step({ pre, post }, w, { tPre });
    return { ...next, asked: tf.sub(after, w) };
  }

  protected override change(_layer: object, { asked }: { readonly asked: tf.Tensor }, reward: number): tf.Tensor {
    return tf.mul(asked, reward);
  }
}
