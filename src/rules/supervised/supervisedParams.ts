import { right } from 'fp-ts/lib/Either.js';
import { refuse, type Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema, type Relation } from '../../core/params/schema.js';
import { integerFrom, nonNegativeScalar, positiveScalar, scalar } from '../../core/params/validation.js';

const fields = {
  /** Rate of inputs that fire before the output or with it, times its error. Default 0.1. */
  etaPlus: param(0.1, scalar),
  /** Rate of later inputs, times the error (positive: the other way round). Default 0.2. */
  etaMinus: param(0.2, scalar),
  /** Gap between the desired times of targets and of others, as a share of `tMax`. Default 0.03. */
  gap: param(0.03, nonNegativeScalar),
  /** The time of an output that never fires, in the unit of times. Default 1. */
  tMax: param(1, positiveScalar),
  /** Neurons of each class, one class after the other. Default 1. */
  perClass: param(1, integerFrom(1)),
  /** How many neurons of a class, its first, are to answer for it. Default 1. */
  targets: param(1, integerFrom(1)),
};

/** Parameters of supervised STDP on first spike times, dimensionless but for `tMax`. */
export interface SupervisedStdpParams extends ParamsOf<typeof fields> {}

/** No more targets than neurons. */
const targetsFit: Relation<SupervisedStdpParams> = ({ targets, perClass }, where): Validated<unknown> =>
  targets <= perClass ? right(undefined) : refuse(where, 'targets', `must be at most perClass = ${perClass}, got ${targets}`);

/** What completes and checks {@link SupervisedStdpParams}. */
export const supervisedStdpSchema = paramsSchema<SupervisedStdpParams>('supervisedStdp', fields, targetsFit);

/** The defaults of {@link SupervisedStdpParams}: one neuron a class. */
export const supervisedStdpDefaults: SupervisedStdpParams = supervisedStdpSchema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateSupervisedStdpParams({ targets: 2 });
 * params._tag === 'Left' ? params.left.message : 'good';   // => 'supervisedStdp: targets must be at most perClass = 1, got 2'
 */
export const validateSupervisedStdpParams = (given?: Partial<SupervisedStdpParams>): Validated<SupervisedStdpParams> =>
  supervisedStdpSchema.validate(given);
