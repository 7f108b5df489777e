import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { checkArray } from '../arrays/checkArrays.js';
import { graphOf } from './graphOf.js';
import { isFileArray, type NirGraph, type NirNode, type NirRecord, type NirValue } from './nirGraph.js';
import { checkGraph } from './nirShapes.js';

/**
 * A graph as a program gives it, checked as one in a file is; what may be left out is filled in.
 *
 * @throws {StdpError} that names the place.
 */
export function checkedGraph(graph: unknown, where: string): NirGraph {
  const checked = graphOf(groupOf(graph, where, 'graph'), '/node', where, 'graph');
  checkGraph(checked, '/node', where, 'graph');
  return checked;
}

/** The graph as a group of a file, its arrays checked. */
function groupOf(given: unknown, where: string, path: string): NirRecord {
  ensure(
    isRecord(given) && given['type'] !== undefined,
    where,
    path,
    () => `must be { type: 'NIRGraph', nodes, edges }, got ${show(given)}`,
  );
  const { type, nodes, edges, metadata, params, ...rest } = given as unknown as Omit<NirGraph & Partial<NirNode>, 'type'> & {
    readonly type: string;
  };
  const [odd] = Object.keys(rest);
  ensure(odd === undefined, where, `${path}.${odd}`, () => 'is no part of a graph or node');
  const kept: NirRecord = metadata === undefined ? {} : { metadata: checkedRecord(metadata, where, `${path}.metadata`) };
  if (type !== 'NIRGraph') return { type, ...checkedRecord(params, where, `${path}.params`), ...kept };
  ensure(isRecord(nodes), where, `${path}.nodes`, () => `must be a record of nodes, got ${show(nodes)}`);
  const arePairs = Array.isArray(edges) && edges.every((edge) => Array.isArray(edge) && edge.length === 2);
  ensure(arePairs, where, `${path}.edges`, () => `must be a list of [from, to], got ${show(edges)}`);
  const groups = Object.entries(nodes).map(([name, node]) => [name, groupOf(node, where, `${path}.nodes.${name}`)] as const);
  return { type, nodes: Object.fromEntries(groups), edges: edges.flat().map(String), ...kept };
}

/** A record of arrays, texts and records, once all of it is known to be such. */
function checkedRecord(given: unknown, where: string, path: string): NirRecord {
  ensure(isRecord(given), where, path, () => `must be a record of arrays and texts, got ${show(given)}`);
  const entries = Object.entries(given).map(([name, value]): readonly [string, NirValue] => {
    const at = `${path}.${name}`;
    if (typeof value === 'string') return [name, value];
    if (Array.isArray(value) && value.every((text) => typeof text === 'string')) return [name, value];
    return [name, isFileArray(value) ? checkArray(value, where, at).array : checkedRecord(value, where, at)];
  });
  return Object.fromEntries(entries);
}
