import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { isGraph, type NirGraph, type NirNode } from '../../formats/nir/nirGraph.js';

type Edge = readonly [from: string, to: string];

/** A graph without graphs in it, with one way in and one way out. Nodes of a graph within have its name before theirs: `lif1/lif`. */
export interface FlatGraph {
  readonly nodes: ReadonlyMap<string, NirNode>;
  readonly edges: readonly Edge[];
  readonly input: string;
  readonly output: string;
}

/** Where a node of a flat graph lies in the file. */
export const placeOf = (name: string): string => `/node/nodes/${name.replaceAll('/', '/nodes/')}`;

/**
 * The graph with those in it laid open: what goes into one goes into its Input, what comes out of it comes out of its Output.
 *
 * @throws {StdpError} when a graph has several of either: nothing tells then which of them an edge means.
 */
export function flatGraph(graph: NirGraph, where: string, prefix = ''): FlatGraph {
  const only = (type: 'Input' | 'Output'): string => {
    const names = Object.entries(graph.nodes).flatMap(([name, node]) => (node.type === type ? [name] : []));
    const at = prefix === '' ? '/node' : placeOf(prefix.slice(0, -1));
    ensure(
      names.length === 1,
      where,
      'graph',
      () => `has ${at}, a graph of ${names.length} nodes ${type}, one is needed: ${show(names)}`,
    );
    return `${prefix}${names[0]}`;
  };
  const within = new Map<string, FlatGraph>();
  const nodes = new Map<string, NirNode>();
  for (const [name, node] of Object.entries(graph.nodes)) {
    if (!isGraph(node)) nodes.set(prefix + name, node);
    else {
      const inner = flatGraph(node, where, `${prefix}${name}/`);
      within.set(name, inner);
      for (const [path, one] of inner.nodes) nodes.set(path, one);
    }
  }
  const edges = graph.edges.map(
    ([from, to]): Edge => [within.get(from)?.output ?? prefix + from, within.get(to)?.input ?? prefix + to],
  );
  return {
    nodes,
    edges: [...edges, ...[...within.values()].flatMap((inner) => inner.edges)],
    input: only('Input'),
    output: only('Output'),
  };
}
