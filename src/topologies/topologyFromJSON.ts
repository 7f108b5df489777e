import { ensure, refuse } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { checkTopology } from './checkTopology.js';
import { conv1dFromJSON } from './conv1d.js';
import { convolution } from './conv2d.js';
import { dense } from './dense.js';
import { lateral } from './lateral.js';
import { local2dFromJSON } from './local2d.js';
import { maskedFromJSON } from './masked.js';
import { oneToOne } from './oneToOne.js';
import { readerOf, register, registeredTypes, type TopologyReader } from './registered.js';
import { sparseFromJSON } from './sparse.js';
import type { Topology, TopologyJSON } from './topology.js';

const withoutOptions =
  (topology: Topology): TopologyReader =>
  (options, where) => {
    const [option] = Object.keys(options);
    ensure(option === undefined, where, option ?? '', () => `is not an option of ${topology.type}, which has none`);
    return topology;
  };

/** The topologies of the library, by the type in their JSON. */
const library: { readonly [type: string]: TopologyReader } = {
  dense: withoutOptions(dense),
  conv2d: convolution,
  conv1d: conv1dFromJSON,
  local2d: local2dFromJSON,
  oneToOne: withoutOptions(oneToOne),
  lateral: withoutOptions(lateral),
  sparse: sparseFromJSON,
  masked: (options, where) => maskedFromJSON(options, where, topologyFromJSON),
};

/** The types of the library's topologies. */
export const topologyTypes: readonly string[] = Object.keys(library);

/**
 * Makes the type of a topology of one's own known to {@link topologyFromJSON}, so that rules on it go through JSON.
 *
 * @param type  what `toJSON()` of the topology gives as `type`.
 * @param read  makes the topology of the other fields of that JSON.
 * @throws {StdpError} when the type is one of the library's, or `read` is no function.
 * @example
 * registerTopology('reversed', () => ({ ...dense, type: 'reversed', toJSON: () => ({ type: 'reversed' }) }));
 * topologyFromJSON({ type: 'reversed' }).type;   // => 'reversed'
 */
export function registerTopology(type: string, read: TopologyReader, ...more: readonly never[]): void {
  const where = 'registerTopology';
  nothingMore(more, where, 'registerTopology(type, read)');
  ensure(typeof type === 'string' && type !== '', where, 'type', () => `must be a name, got ${show(type)}`);
  ensure(!Object.hasOwn(library, type), where, 'type', () => `'${type}' is a topology of the library`);
  ensure(typeof read === 'function', where, 'read', () => `must be a function, got ${show(read)}`);
  register(type, read);
}

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
  const read = Object.hasOwn(library, String(type)) ? library[type] : readerOf(type);
  const known = [...Object.keys(library), ...registeredTypes()].map((name) => `'${name}'`).join(', ');
  if (read === undefined) throw refuse(where, 'type', `must be one of ${known}, got ${show(type)}`).left;
  const topology = read(options, where);
  checkTopology(topology, where);
  return topology;
}
