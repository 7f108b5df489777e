import { latencyStdp } from '../../../src/rules/latency/latencyStdp.js';
import type { Family } from '../families.js';
import { type GoldenCase, given, translated } from '../load.js';

const dependences = { additive: 'additive', multiplicative: 'soft' } as const;

/** spikeseg's variants: its multiplicative one, which is the default, is w(1 − w). */
export const weightDependence = (variant = 'multiplicative'): 'soft' | 'additive' => translated(dependences, variant);

export const rates = ({ params }: GoldenCase) => ({
  etaPlus: params.lr_plus as number,
  etaMinus: params.lr_minus as number,
  weightDependence: weightDependence(params.variant),
});

const learnerParams = (golden: GoldenCase) => ({
  ...rates(golden),
  ...given({ wMin: golden.params.weight_min, wMax: golden.params.weight_max }),
});

/** The whole configuration of a learner: what a case leaves out is the default of both. */
export const learnerConfig = (golden: GoldenCase) => ({
  ...learnerParams(golden),
  ...given({
    weightInitMean: golden.params.weight_init_mean,
    weightInitStd: golden.params.weight_init_std,
    convergenceThreshold: golden.params.convergence_threshold,
  }),
});

/** One winner after the other, its receptive field as the inputs of a dense layer. */
export const learner: Family = { cases: 'spikeseg_learner__', rule: (golden) => latencyStdp(learnerParams(golden)) };

export const families: readonly Family[] = [learner];
