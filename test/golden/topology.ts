import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import type { Conv2dOptions, Topology } from '../../src/topologies/topology.js';
import { type GoldenCase, given } from './load.js';

type Sides = number | readonly [number, number] | null | undefined;

/** A peer's stride, padding and dilation in our terms: numbers, or (height, width); null where there is none. */
export function convOptions({ params }: GoldenCase): Conv2dOptions {
  const optional = <T>(value: Sides, convert: (value: number | readonly [number, number]) => T): T | undefined =>
    value === null || value === undefined ? undefined : convert(value);
  const sides = (size: number) => [size, size];
  return given({
    strides: optional(params.stride, (value) => value),
    pad: optional(params.padding, (value) =>
      typeof value === 'number' ? value : [[0, 0], sides(value[0]), sides(value[1]), [0, 0]],
    ),
    dilations: optional(params.dilation, (value) => value),
  });
}

/** Whether the weights of a case are kernels. */
export const isConv = ({ inputs }: GoldenCase): boolean => (inputs.weight ?? inputs.w).shape.length === 4;

/** How the layers of a case are wired: kernels have four axes. */
export const topologyOf = (golden: GoldenCase): Topology => (isConv(golden) ? conv2d(convOptions(golden)) : dense);
