import { ensure } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { ensureIs, integerFrom, nonNegativeScalar, optional } from '../../core/params/validation.js';
import { checkedFloats, checkLength } from '../checked/arrays.js';
import { checkClasses, fieldsOf } from '../checked/images.js';
import { aSize } from './checkedReadout.js';
import type { VoteReadout } from './voteReadout.js';

/**
 * Neurons that vote, whose parts fit each other; those that went through JSON as float32 again.
 *
 * @param size  features that they are to see.
 * @throws {StdpError} that names the part which doesn't fit.
 */
export function checkedVotes(given: VoteReadout, size: number, where: string): VoteReadout {
  const { classes, weights, rates, voters, sharpness, image } = fieldsOf(given, where, 'readout');
  ensureFields(given, ['classes', 'weights', 'rates', 'voters', 'sharpness', 'image'], where, 'readout');
  checkClasses(classes, where, 'readout.classes');
  ensureIs(optional(aSize), image, where, 'readout.image');
  const all = checkedFloats(weights, where, 'readout.weights', { least: 0 });
  const neurons = all.length / size;
  const rows = () => `has ${all.length} entries, needs ${size} for each neuron`;
  ensure(neurons > 0 && Number.isInteger(neurons), where, 'readout.weights', rows);
  const answers = checkedFloats(rates, where, 'readout.rates', { least: 0 });
  checkLength(answers, neurons * classes, where, 'readout.rates', `[${neurons} neurons, ${classes} classes]`);
  ensureIs(integerFrom(1, neurons), voters, where, 'readout.voters');
  ensureIs(nonNegativeScalar, sharpness, where, 'readout.sharpness');
  return { classes, weights: all, rates: answers, voters, sharpness, ...(image !== undefined && { image }) };
}
