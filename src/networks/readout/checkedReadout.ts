import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { check, ensureIs, integerFrom, optional } from '../../core/params/validation.js';
import { checkedFloats, checkLength } from '../checked/arrays.js';
import { checkClasses, fieldsOf } from '../checked/images.js';
import type { FeatureMatrix } from './featureMatrix.js';
import type { LinearReadout } from './linearReadout.js';

/** Height and width of an image. */
export const aSize = check(
  '[rows, columns]',
  (value) => isListOf(value, (side) => integerFrom(1)(side)._tag === 'Right') && value.length === 2,
);

/** The least number whose inverse float32 holds. */
const leastScale = 2 ** -126;

/**
 * A read-out whose parts fit each other; one that went through JSON as float32 again.
 *
 * @param size  features that it is to read.
 * @throws {StdpError} that names the part which doesn't fit.
 */
export function checkedReadout(given: LinearReadout, size: number, where: string): LinearReadout {
  const { classes, mean, scale, weights, bias, image } = fieldsOf(given, where, 'readout');
  ensureFields(given, ['classes', 'mean', 'scale', 'weights', 'bias', 'image'], where, 'readout');
  checkClasses(classes, where, 'readout.classes');
  ensureIs(optional(aSize), image, where, 'readout.image');
  const floats = (values: unknown, name: string, length: number, why: string, least?: number): Float32Array => {
    const checked = checkedFloats(values, where, `readout.${name}`, least === undefined ? {} : { least });
    checkLength(checked, length, where, `readout.${name}`, why);
    return checked;
  };
  const means = checkedFloats(mean, where, 'readout.mean');
  ensure(means.length === size, where, 'features', () => `has ${size} columns, the read-out needs ${means.length}`);
  return {
    classes,
    mean: means,
    scale: floats(scale, 'scale', size, `a read-out of ${size} features`, leastScale),
    weights: floats(weights, 'weights', size * classes, `[${size} features, ${classes} classes]`),
    bias: floats(bias, 'bias', classes, `a read-out of ${classes} classes`),
    ...(image !== undefined && { image }),
  };
}

/**
 * Features as many as they are said to be, as float32.
 *
 * @throws {StdpError} that tells what is wrong of them.
 */
export function checkedFeatures(given: FeatureMatrix, where: string): FeatureMatrix {
  const { values, count, size } = fieldsOf(given, where, 'features');
  ensureFields(given, ['values', 'count', 'size'], where, 'features');
  ensureIs(integerFrom(0), count, where, 'features.count');
  ensureIs(integerFrom(1), size, where, 'features.size');
  const floats = checkedFloats(values, where, 'features.values');
  checkLength(floats, count * size, where, 'features.values', `${count} images of ${size} features`);
  return { values: floats, count, size };
}
