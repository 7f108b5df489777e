import { ensure } from '../../core/errors.js';
import type { LatencyLayer } from '../../kernels/host/layers.js';
import { layerSizes } from './spec/layerSizes.js';
import type { NetworkSpec } from './spec/networkSpec.js';

/** The input of a network. */
interface InputShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The layers of a network in the numbers of the kernels. */
export function latencyLayers(
  spec: NetworkSpec,
  { height, width, channels }: InputShape,
): readonly [LatencyLayer, ...LatencyLayer[]] {
  const outputs = layerSizes(spec, height, width);
  const [first, ...rest] = spec.layers.map(({ kernelSize, pad, maps, threshold, poolSize }, index) => {
    const below = spec.layers[index - 1];
    const pooled = (size: number) => Math.ceil(size / (below?.poolSize ?? 1));
    const [inHeight, inWidth] = below === undefined ? [height, width] : (outputs[index - 1] ?? [1, 1]).map(pooled);
    const field = { height: inHeight ?? 1, width: inWidth ?? 1, channels: below?.maps ?? channels, kernelSize, pad, maps };
    return { field, threshold, poolSize };
  });
  ensure(first !== undefined, 'network', 'layers', () => 'must be a list of at least one layer');
  return [first, ...rest];
}
