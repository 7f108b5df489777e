import type * as tf from '@tensorflow/tfjs-core';
import type { ChangeSizes } from '../kernels/laws.js';
import { isOwnWiring } from './ownWiring.js';
import type { Topology } from './topology.js';

/** The sizes of a change of w by activities of two layers, for the kernels; `undefined` when they don't know the wiring. */
export function changeSizes(
  topology: Topology,
  pre: tf.Tensor,
  post: tf.Tensor,
  w: tf.Tensor,
  batched: boolean,
): ChangeSizes | undefined {
  if (!isOwnWiring(topology)) return undefined;
  const geometry = topology.geometry(batched ? pre.shape : [1, ...pre.shape], w.shape);
  if (geometry === undefined) return undefined;
  const batch = batched ? (pre.shape[0] ?? 1) : 1;
  const columns = w.shape.at(-1) ?? 1;
  return {
    batch,
    inputs: pre.size / batch,
    outputs: post.size / batch,
    rows: w.size / columns,
    columns,
    geometry: geometry.kind === 'conv' ? geometry.sizes : undefined,
  };
}
