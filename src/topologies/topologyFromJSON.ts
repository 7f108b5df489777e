import { ensure, refuse } from '../core/errors.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { convolution } from './conv2d.js';
import { dense } from './dense.js';
import type { Topology, TopologyJSON } from './topology.js';

/**
 * The topology that its plain JSON describes.
 *
 * @throws {StdpError} when the type is unknown or an option is out of range.
 * @example
 * topologyFromJSON({ type: 'conv2d', strides: 2 }).type;   // => 'conv2d'
 */
export function topologyFromJSON(json: TopologyJSON): Topology {
  const where = 'topologyFromJSON';
  ensure(isRecord(json as unknown), where, 'json', () => `must be a record with the type of a topology, got ${show(json)}`);
  const { type, ...options } = json;
  const option = Object.keys(options)[0] ?? '';
  switch (type) {
    case 'dense':
      ensure(option === '', where, option, () => 'is not an option of dense, which has none');
      return dense;
    case 'conv2d':
      return convolution(options, where);
    default:
      throw refuse(where, 'type', `must be one of 'dense', 'conv2d', got ${show(type)}`).left;
  }
}
