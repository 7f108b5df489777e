import { ensure } from '../../core/errors.js';
import { isListOf } from '../../core/lists.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { ensureIs, integerFrom } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import type { CompetitiveWeights } from '../../kernels/host/competitiveLayer.js';
import { checkedFloats, checkLength } from '../checked/arrays.js';
import { checkClasses, fieldsOf } from '../checked/images.js';
import type { ClassRates } from './classRates.js';
import type { CompetitiveSpec } from './competitiveSpec.js';
import type { ActivityPoint, CompetitiveState } from './competitiveState.js';

/**
 * What a layer of such neurons has learned; what went through JSON as float32 again.
 *
 * @param size  pixels of an image. Default: what the weights are for.
 * @throws {StdpError} when weights or thresholds aren't as many as the layer has, finite and ≥ 0.
 */
export function checkedLearned(
  given: CompetitiveWeights,
  { layer: { neurons } }: CompetitiveSpec,
  where: string,
  argument: string,
  size?: number,
): CompetitiveWeights {
  const fields = fieldsOf(given, where, argument);
  const weights = checkedFloats(fields.weights, where, `${argument}.weights`, { least: 0 });
  const theta = checkedFloats(fields.theta, where, `${argument}.theta`, { least: 0 });
  checkLength(theta, neurons, where, `${argument}.theta`, `a layer of ${neurons} neurons`);
  const pixels = size ?? Math.max(1, Math.ceil(weights.length / neurons));
  checkLength(weights, pixels * neurons, where, `${argument}.weights`, `[${pixels} pixels, ${neurons} neurons]`);
  return { weights, theta };
}

/** How far training has come. @throws {StdpError} that names what doesn't fit. */
export function checkedState(given: CompetitiveState, spec: CompetitiveSpec, size: number, where: string): CompetitiveState {
  const learned = checkedLearned(given, spec, where, 'from', size);
  ensureFields(given, ['weights', 'theta', 'imagesSeen', 'activity'], where, 'from');
  const { imagesSeen, activity } = given;
  ensureIs(integerFrom(0), imagesSeen, where, 'from.imagesSeen');
  const due = spec.learning.images;
  ensure(imagesSeen <= due, where, 'from.imagesSeen', () => `is ${imagesSeen}, the layer learns from ${due} images`);
  const isActivity = isListOf(activity, isPoint);
  ensure(isActivity, where, 'from.activity', () => `must be a list of { images, spikes }, got ${show(activity)}`);
  return { imagesSeen, ...learned, activity };
}

const isPoint = (point: unknown): point is ActivityPoint =>
  isRecord(point) && ['images', 'spikes'].every((name) => integerFrom(0)(point[name])._tag === 'Right');

/**
 * Answers of neurons to classes, as float32.
 *
 * @param neurons  how many there must be. Default: any number.
 * @throws {StdpError} when they aren't finite and ≥ 0, and as many for each neuron as there are classes.
 */
export function checkedRates(given: ClassRates, where: string, neurons?: number): ClassRates {
  const { classes, rates } = fieldsOf(given, where, 'rates');
  ensureFields(given, ['classes', 'rates'], where, 'rates');
  checkClasses(classes, where, 'rates.classes');
  const floats = checkedFloats(rates, where, 'rates.rates', { least: 0 });
  const needed = neurons ?? Math.ceil(floats.length / classes);
  checkLength(floats, needed * classes, where, 'rates.rates', `[${needed} neurons, ${classes} classes]`);
  return { classes, rates: floats };
}
