import { at } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import type { LatencyLayer } from '../../kernels/host/layers.js';
import type { ConvLayerSpec } from './spec/convLayerSpec.js';
import type { InputShape } from './spec/encoderColours.js';
import { layerSizes } from './spec/layerSizes.js';
import type { NetworkSpec } from './spec/networkSpec.js';

/** What a layer hands on of its output. */
const pooled = ([height, width]: readonly [number, number], { poolSize, maps }: ConvLayerSpec): InputShape => ({
  height: Math.ceil(height / poolSize),
  width: Math.ceil(width / poolSize),
  channels: maps,
});

/** The layers of a network in the numbers of the kernels. */
export function latencyLayers(
  spec: NetworkSpec,
  { height, width, channels }: InputShape,
): readonly [LatencyLayer, ...LatencyLayer[]] {
  const outputs = layerSizes(spec, height, width);
  const [first, ...rest] = spec.layers.map(({ kernelSize, pad, maps, threshold, poolSize }, index) => {
    const below = spec.layers[index - 1];
    const given = below === undefined ? { height, width, channels } : pooled(at(outputs, index - 1), below);
    return { field: { ...given, kernelSize, pad, maps }, threshold, poolSize };
  });
  ensure(first !== undefined, 'network', 'layers', () => 'must be a list of at least one layer');
  return [first, ...rest];
}
