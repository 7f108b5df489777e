import { latencyStdp } from '../../../src/rules/latencyStdp.js';
import type { Family } from '../families.js';
import type { GoldenCase } from '../load.js';

/** spikeseg's variants: its multiplicative one is w(1 − w). */
export const weightDependence = (variant: string | undefined): 'soft' | 'additive' =>
  variant === 'additive' ? 'additive' : 'soft';

export const learnerParams = ({ params }: GoldenCase) => ({
  etaPlus: params.lr_plus as number,
  etaMinus: params.lr_minus as number,
  wMin: (params.weight_min ?? 0) as number,
  wMax: (params.weight_max ?? 1) as number,
  weightDependence: weightDependence(params.variant),
});

/** One winner after the other, its receptive field as the inputs of a dense layer. */
export const learner: Family = { cases: 'spikeseg_learner__', rule: (golden) => latencyStdp(learnerParams(golden)) };

export const families: readonly Family[] = [learner];
