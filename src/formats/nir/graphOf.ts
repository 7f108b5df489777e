import { arrayKinds } from '../../core/bytes/arrays.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { countOf, elements } from '../arrays/elements.js';
import type { FileArray } from '../arrays/fileArray.js';
import { isFileArray, type NirGraph, type NirNode, type NirRecord, type NirValue } from './nirGraph.js';
import { nodeTypes } from './nodeTypes.js';

const isGroup = (value: NirValue | undefined): value is NirRecord => isRecord(value) && !isFileArray(value);

/** The graph that a group of a file tells. */
export function graphOf(group: NirRecord, path: string, where: string, file: string): NirGraph {
  const require = (condition: boolean, problem: () => string) =>
    ensure(condition, where, file, () => `has ${path}, ${problem()}`);
  const { type, nodes, edges, metadata, ...rest } = group;
  require(type === 'NIRGraph', () => `whose type is ${show(type)}, not "NIRGraph"`);
  require(isGroup(nodes), () => 'a graph without nodes');
  require(Object.keys(rest).length === 0, () => `a graph with ${show(Object.keys(rest)[0])} in it`);
  require(metadata === undefined || isGroup(metadata), () => 'whose metadata are no group');
  const made = Object.entries(nodes as NirRecord).map(([name, node]): readonly [string, NirNode | NirGraph] => {
    const at = `${path}/nodes/${name}`;
    require(isGroup(node), () => `whose node ${show(name)} is no group`);
    const inner = node as NirRecord;
    return [name, inner['type'] === 'NIRGraph' ? graphOf(inner, at, where, file) : nodeOf(inner, at, where, file)];
  });
  const kept = metadata === undefined ? {} : { metadata: metadata as NirRecord };
  return { type: 'NIRGraph', nodes: Object.fromEntries(made), edges: edgesOf(edges, require), ...kept };
}

/** Pairs of names. Where there are none, writers leave an array of no numbers. */
function edgesOf(edges: NirValue | undefined, require: (condition: boolean, problem: () => string) => void): NirGraph['edges'] {
  if (isFileArray(edges) && edges.data.length === 0) return [];
  const names = edges as readonly string[];
  require(Array.isArray(edges) && edges.length % 2 === 0, () => 'whose edges are no pairs of names');
  return Array.from(
    { length: names.length / 2 },
    (_, index) => [String(names[2 * index]), String(names[2 * index + 1])] as const,
  );
}

function nodeOf({ type, metadata, ...given }: NirRecord, path: string, where: string, file: string): NirNode {
  const require = (condition: boolean, problem: () => string) =>
    ensure(condition, where, file, () => `has ${path}, ${problem()}`);
  const known = typeof type === 'string' && Object.hasOwn(nodeTypes, type) ? nodeTypes[type] : undefined;
  require(known !== undefined, () => `of type ${show(type)}, read are ${Object.keys(nodeTypes).join(', ')}`);
  require(metadata === undefined || isGroup(metadata), () => 'whose metadata are no group');
  const { needs = [], mayHave = {} } = known ?? {};
  const missing = needs.find((name) => !(name in given));
  require(missing === undefined, () => `of type ${String(type)} without ${missing}`);
  const odd = Object.entries(given).find(([name, value]) => {
    const isText = typeof value === 'string' && name === 'padding';
    return !(needs.includes(name) || name in mayHave) || !(isText || isFileArray(value));
  });
  require(odd === undefined, () => `of type ${String(type)} with ${show(odd?.[0])}, which is none of its arrays`);
  const params = given as NirNode['params'];
  const filled = Object.entries(mayHave).flatMap(([name, standard]) => {
    const like = standard === undefined ? undefined : params[standard.of];
    return name in params || standard === undefined || !isFileArray(like)
      ? []
      : [[name, filledLike(like, standard.value)] as const];
  });
  const kept = metadata === undefined ? {} : { metadata: metadata as NirRecord };
  return { type: String(type), params: { ...params, ...Object.fromEntries(filled) }, ...kept };
}

/** An array of one value, as long as another. */
function filledLike({ dtype, shape }: FileArray, value: number): FileArray {
  const data = new arrayKinds[elements[dtype].kind](countOf(shape));
  return { dtype, shape, data: (data as Float32Array).fill(value) } as FileArray;
}
