import { unreachable } from '../core/errors.js';
import { conv2d } from './conv2d.js';
import { dense } from './dense.js';
import type { Topology, TopologyJSON } from './topology.js';

/**
 * The topology that its plain JSON describes.
 *
 * @example
 * topologyFromJSON({ type: 'conv2d', strides: 2 }).type;   // => 'conv2d'
 */
export function topologyFromJSON(json: TopologyJSON): Topology {
  switch (json.type) {
    case 'dense':
      return dense;
    case 'conv2d': {
      const { type: _, ...options } = json;
      return conv2d(options);
    }
    default:
      return unreachable(json);
  }
}
