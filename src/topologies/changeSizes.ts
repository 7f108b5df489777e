import type * as tf from '@tensorflow/tfjs-core';
import { unreachable } from '../core/errors.js';
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
  const [inputs, outputs] = [pre.size / batch, post.size / batch];
  const columns = w.shape.at(-1) ?? 1;
  const matrix = { batch, inputs, outputs, rows: w.size / columns, columns };
  switch (geometry.kind) {
    case 'dense':
      return { ...matrix, geometry: undefined };
    case 'conv':
      return { ...matrix, geometry: geometry.sizes };
    case 'sparse':
      return { batch, inputs, outputs, rows: inputs, columns: outputs, geometry: undefined, sparse: geometry.table };
    default:
      return unreachable(geometry);
  }
}
