import { orThrow } from '../../core/errors.js';
import {
  aRecord,
  ensureIs,
  integerFrom,
  nonNegativeScalar,
  nothingMore,
  positiveScalar,
  validateParams,
} from '../../core/params/validation.js';

/** The two rates of an order-based rule, one number each. */
export interface Rates {
  readonly etaPlus: number;
  readonly etaMinus: number;
}

/** How the rates grow. */
export interface RateSchedule {
  /** Images between doublings. Default 500. */
  readonly every: number;
  /** etaPlus never exceeds it. Default 0.15. */
  readonly etaMax: number;
  /** etaMinus / etaPlus from the first doubling on. Default 0.75. */
  readonly ratio: number;
}

/**
 * The rates after a number of images: etaPlus doubles every `every` images until etaMax, etaMinus follows in proportion.
 *
 *     n = ⌊imagesSeen / every⌋:  etaPlus' = min(etaPlus·2ⁿ, etaMax),  etaMinus' = ratio·etaPlus'   (n = 0: unchanged)
 *
 * @param params      start values; other fields pass unchanged.
 * @param imagesSeen  images learned from so far.
 * @param schedule    see {@link RateSchedule}.
 * @throws {StdpError} when `imagesSeen` or a field of the schedule is out of range.
 *
 * Source: SpykeTorch's examples (MozafariDeep, KheradpishehDeep).
 *
 * @example
 * doubledRates({ etaPlus: 0.004, etaMinus: 0.003 }, 1000);   // => { etaPlus: 0.016, etaMinus: 0.012 }
 */
export function doubledRates<P extends Rates>(
  params: P,
  imagesSeen: number,
  schedule?: Partial<RateSchedule>,
  ...more: readonly never[]
): P {
  const where = 'doubledRates';
  nothingMore(more, where, 'doubledRates(params, imagesSeen, schedule)');
  const { every, etaMax, ratio } = orThrow(
    validateParams<RateSchedule>(where, { every: 500, etaMax: 0.15, ratio: 0.75 }, schedule, {
      every: integerFrom(1),
      etaMax: positiveScalar,
      ratio: nonNegativeScalar,
    }),
  );
  ensureIs(aRecord, params, where, 'params');
  ensureIs(nonNegativeScalar, params.etaPlus, where, 'params.etaPlus');
  ensureIs(nonNegativeScalar, params.etaMinus, where, 'params.etaMinus');
  ensureIs(nonNegativeScalar, imagesSeen, where, 'imagesSeen');
  const doublings = Math.min(Math.floor(imagesSeen / every), 1000); // 2 to a higher power is Infinity, and 0 times that NaN
  if (doublings === 0) return params;
  const etaPlus = Math.min(params.etaPlus * 2 ** doublings, etaMax);
  return { ...params, etaPlus, etaMinus: ratio * etaPlus };
}
