import type { FlatGraph } from './flatGraph.js';

/** Nodes such that each comes after those that feed it, but for edges that close a circle. */
export interface NodeOrder {
  readonly names: readonly string[];
  /** The nodes that feed each one in the same step. */
  readonly now: ReadonlyMap<string, readonly string[]>;
  /** The nodes whose output each one gets one step later. */
  readonly later: ReadonlyMap<string, readonly string[]>;
}

/**
 * The order in which nodes are computed. We ask for the Output, which asks for what feeds it, by name, and so on. A node that is asked
 * while it waits itself gives what it gave one step before: where neurons feed the Output and, through weights, themselves, the weights
 * see the spikes of the step before. The order of nodes and edges in the file makes no difference.
 */
export function nodeOrder({ nodes, edges, output }: FlatGraph): NodeOrder {
  const feeding = new Map<string, Set<string>>([...nodes.keys()].map((name) => [name, new Set()]));
  for (const [from, to] of edges) feeding.get(to)?.add(from);
  const asked = (name: string) => ({ name, ahead: [...(feeding.get(name) ?? [])].sort().reverse() });
  const [now, later] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const note = (map: Map<string, string[]>, source: string, name: string) => map.set(name, [...(map.get(name) ?? []), source]);
  const [waiting, done] = [new Set<string>(), new Set<string>()];
  for (const root of [output, ...[...nodes.keys()].sort()]) {
    // A stack of our own: a chain may be longer than that of the language is deep.
    const stack = done.has(root) ? [] : [asked(root)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { name, ahead } = top;
      waiting.add(name);
      const source = ahead.pop();
      if (source === undefined) {
        waiting.delete(name);
        done.add(name);
        stack.pop();
      } else {
        note(waiting.has(source) ? later : now, source, name);
        if (!waiting.has(source) && !done.has(source)) stack.push(asked(source));
      }
    }
  }
  return { names: [...done], now, later };
}
