import { ensure } from '../../../core/errors.js';
import type { NetworkSpec } from './networkSpec.js';

/**
 * The size `[height, width]` of each layer's output on images of a size, before pooling.
 *
 * @param where  who refuses.
 * @param name   what it calls the network.
 * @throws {StdpError} when a kernel is larger than its padded input.
 * @example
 * const spec = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ kernelSize: 7, pad: 3 }, { kernelSize: 5, pad: 0 }] }));
 * layerSizes(spec, 28, 28);   // => [[28, 28], [10, 10]]
 */
export function layerSizes(
  { layers }: NetworkSpec,
  height: number,
  width: number,
  where = 'layerSizes',
  name = 'network',
): readonly (readonly [number, number])[] {
  let input: readonly [number, number] = [height, width];
  return layers.map(({ kernelSize, pad, poolSize }, index) => {
    const [rows, columns] = input;
    const size = [rows + 2 * pad - kernelSize + 1, columns + 2 * pad - kernelSize + 1] as const;
    ensure(
      Math.min(...size) > 0,
      where,
      `${name}.layers[${index}].kernelSize`,
      () => `${kernelSize} is larger than the input of ${rows} × ${columns} padded by ${pad}`,
    );
    input = [Math.ceil(size[0] / poolSize), Math.ceil(size[1] / poolSize)];
    return size;
  });
}
