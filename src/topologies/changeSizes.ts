import type * as tf from '@tensorflow/tfjs-core';
import { at } from '../core/at.js';
import type { ChangeSizes } from '../kernels/constants.js';
import { isOwnWiring } from './ownWiring.js';
import type { Topology } from './topology.js';

/** What of a layer's activity counts here. */
type Layer = Pick<tf.Tensor, 'shape' | 'size'>;

/** The sizes of a change of w by activities of two layers, for the kernels; `undefined` when they don't know the wiring. */
export function changeSizes(
  topology: Topology,
  pre: Layer,
  post: Layer,
  w: tf.Tensor,
  batched: boolean,
): ChangeSizes | undefined {
  if (!isOwnWiring(topology)) return undefined;
  const geometry = topology.geometry(batched ? pre.shape : [1, ...pre.shape], w.shape);
  if (geometry === undefined) return undefined;
  const batch = batched ? at(pre.shape, 0) : 1;
  const [inputs, outputs] = [pre.size / batch, post.size / batch];
  const columns = at(w.shape, -1);
  // One form for all wirings: the kernels read it in every step.
  const conv = geometry.kind === 'conv' ? geometry.sizes : undefined;
  const sparse = geometry.kind === 'sparse' ? geometry.wiring : undefined;
  if (sparse !== undefined) return { batch, inputs, outputs, rows: inputs, columns: outputs, geometry: conv, sparse };
  return { batch, inputs, outputs, rows: w.size / columns, columns, geometry: conv, sparse };
}
