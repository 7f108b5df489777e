import { ensure } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { ensureIs, leastPositive, optional, positiveScalar } from '../../core/params/validation.js';
import { checkedFloats, checkLength, type Range } from '../checked/arrays.js';
import { checkClasses, fieldsOf } from '../checked/images.js';
import { aSize } from './checkedReadout.js';
import type { FirstSpikeReadout } from './firstSpikeReadout.js';

/**
 * Output neurons whose parts fit each other; those that went through JSON as float32 again.
 *
 * @param size  features that they are to see.
 * @throws {StdpError} that names the part which doesn't fit.
 */
export function checkedFirstSpikes(given: FirstSpikeReadout, size: number, where: string): FirstSpikeReadout {
  const { classes, scale, threshold, weights, answers, times, image } = fieldsOf(given, where, 'readout');
  const fields = ['classes', 'scale', 'threshold', 'weights', 'answers', 'times', 'image'];
  ensureFields(given, fields, where, 'readout');
  checkClasses(classes, where, 'readout.classes');
  ensureIs(positiveScalar, threshold, where, 'readout.threshold');
  ensureIs(optional(aSize), image, where, 'readout.image');
  const floats = (values: unknown, name: string, range: Range): Float32Array =>
    checkedFloats(values, where, `readout.${name}`, range);
  const scales = floats(scale, 'scale', { least: leastPositive });
  ensure(scales.length === size, where, 'features', () => `has ${size} columns, the read-out needs ${scales.length}`);
  const all = floats(weights, 'weights', { least: 0 });
  const neurons = all.length / size;
  const whole = neurons > 0 && Number.isInteger(neurons / classes);
  const rows = () =>
    `has ${all.length} entries, needs ${size} for each neuron, and as many neurons for each of ${classes} classes`;
  ensure(whole, where, 'readout.weights', rows);
  const ofNeurons = (values: unknown, name: string, range: Range): Float32Array => {
    const checked = floats(values, name, range);
    checkLength(checked, neurons, where, `readout.${name}`, 'a read-out');
    return checked;
  };
  return {
    ...{ classes, scale: scales, threshold, weights: all },
    answers: ofNeurons(answers, 'answers', { least: 0 }),
    times: ofNeurons(times, 'times', { least: 0, most: 1 }),
    ...(image !== undefined && { image }),
  };
}
