import { ensure } from '../core/errors.js';
import { ensureIs, integerFrom } from '../core/params/validation.js';
import { checkShape, mostNeurons } from '../core/shapes.js';
import { show } from '../core/show.js';

/** The shape [H, W, C] of a layer of at least one neuron, by the number of its maps and the size of each. */
export function layerShape(nChannels: number, spatialShape: readonly [number, number], where: string): readonly number[] {
  ensureIs(integerFrom(1), nChannels, where, 'nChannels');
  const isPair = Array.isArray(spatialShape) && spatialShape.length === 2;
  ensure(isPair, where, 'spatialShape', () => `must be [height, width], got ${show(spatialShape)}`);
  for (const side of spatialShape) ensureIs(integerFrom(1), side, where, 'spatialShape');
  return checkShape([...spatialShape, nChannels], where, 'spatialShape', 3, mostNeurons);
}
