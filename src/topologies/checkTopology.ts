import { ensure } from '../core/errors.js';
import { show } from '../core/show.js';
import type { Topology } from './topology.js';

const methods = ['preRows', 'postRows', 'forward', 'outputShape', 'geometry', 'toJSON'] as const;

/** @throws {StdpError} unless it is a topology: of this library, or with all that one has. */
export function checkTopology(given: unknown, where: string): asserts given is Topology {
  const fields: { readonly [name: string]: unknown } = Object(given);
  const missing = methods.find((method) => typeof fields[method] !== 'function');
  const isTopology = missing === undefined && Number.isInteger(fields['rank']) && Number.isInteger(fields['weightRank']);
  ensure(isTopology, where, 'topology', () => `must be a topology, such as dense or conv2d(), got ${show(given)}`);
}
