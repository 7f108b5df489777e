import { isRight } from 'fp-ts/lib/Either.js';
import { at } from '../../../core/at.js';
import { ensure } from '../../../core/errors.js';
import { isListOf } from '../../../core/lists.js';
import { ensureFields } from '../../../core/params/ensureFields.js';
import { ensureIs, integerFrom, positiveScalar } from '../../../core/params/validation.js';
import { show } from '../../../core/show.js';
import { isRecord } from '../../../core/trees.js';
import { fieldsOf } from '../../checked/images.js';
import { layersOf } from '../spec/branches.js';
import type { NetworkSpec } from '../spec/networkSpec.js';
import { checkedWeights } from './checkedWeights.js';
import type { ConvergencePoint, TrainingState } from './trainingState.js';

/**
 * How far training has come, with weights that fit the network; those that went through JSON as float32 again.
 *
 * @param images  that there are to learn from.
 * @throws {StdpError} that names what doesn't fit.
 */
export function checkedTraining(
  given: TrainingState,
  spec: NetworkSpec,
  channels: number,
  images: number,
  where: string,
): TrainingState {
  const { layer, imagesSeen, weights, convergence, thresholds } = fieldsOf(given, where, 'from');
  ensureFields(given, ['layer', 'imagesSeen', 'weights', 'convergence', 'thresholds'], where, 'from');
  const layers = layersOf(spec);
  ensureIs(integerFrom(0, layers.length), layer, where, 'from.layer');
  ensureIs(integerFrom(0), imagesSeen, where, 'from.imagesSeen');
  const due = layer === layers.length ? 0 : Math.min(at(layers, layer).images, images);
  const isDue = imagesSeen === 0 || imagesSeen < due;
  ensure(isDue, where, 'from.imagesSeen', () => `is ${imagesSeen}, the layer learns from ${due} images`);
  // Of the layer that is learning there are weights once it has begun.
  const begun = imagesSeen > 0 || (Array.isArray(weights) && weights.length > layer) ? 1 : 0;
  const count = Math.min(layer + begun, layers.length);
  // What has learned with thresholds of its own may weigh more than 1.
  const rangeOf = (index: number) => (index < layer && layers[index]?.thresholds ? { least: 0 } : { least: 0, most: 1 });
  const values = checkedWeights(weights, spec, channels, where, 'from.weights', rangeOf, count);
  const isPoints = isListOf(convergence, isPoint);
  const problem = () => `must be a list of { layer, images, value }, got ${show(convergence)}`;
  ensure(isPoints, where, 'from.convergence', problem);
  const moving = layers[layer]?.thresholds === undefined ? undefined : layers[layer]?.maps;
  const isPerMap = isListOf(thresholds, (value) => isRight(positiveScalar(value))) && thresholds.length === moving;
  const fits = thresholds === undefined ? moving === undefined || imagesSeen === 0 : isPerMap;
  ensure(fits, where, 'from.thresholds', () => `must be a number > 0 for each map that moves its own, got ${show(thresholds)}`);
  return { layer, imagesSeen, weights: values, convergence, ...(thresholds !== undefined && { thresholds }) };
}

const isPoint = (point: unknown): point is ConvergencePoint =>
  isRecord(point) && ['layer', 'images', 'value'].every((name) => Number.isFinite(point[name]));
