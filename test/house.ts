import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

/**
 * The layers of the house, top first, each with what it holds. A file may import from its own layer and from those below it.
 */
export const layers: readonly { readonly holds: readonly string[]; readonly what: string }[] = [
  { holds: ['entries'], what: 'what a user imports, path by path' },
  { holds: ['index.ts', 'cli'], what: 'the path without a name; the program' },
  { holds: ['sweep'], what: 'many runs: planned, done anywhere, counted once' },
  { holds: ['io', 'threads'], what: 'files, pictures, reports; worker threads' },
  { holds: ['conformance', 'papers'], what: 'laws that rules keep; presets and forms of papers and peers' },
  { holds: ['learners'], what: 'classes over the functions' },
  { holds: ['networks'], what: 'networks as plain data, trained and read out' },
  { holds: ['circuits'], what: 'populations and projections as data, event-driven' },
  { holds: ['window', 'state'], what: 'what a rule does to a pair of spikes, measured; what programs hold, kept' },
  { holds: ['rules'], what: 'what activities ask of weights, by family' },
  { holds: ['competition'], what: 'winners, inhibition, thresholds' },
  { holds: ['neurons', 'encoders'], what: 'neurons; images to spikes' },
  { holds: ['updates'], what: 'how what is asked meets weights' },
  { holds: ['topologies'], what: 'how layers are wired' },
  { holds: ['traces'], what: 'what neurons remember of spikes' },
  { holds: ['backends'], what: 'where it all computes' },
  { holds: ['kernels'], what: 'the same work in one piece: WebAssembly, WGSL' },
  { holds: ['data', 'events', 'formats'], what: 'images and labels; recordings of event cameras; files of other tools' },
  { holds: ['core', 'vendor'], what: 'checks, errors, random numbers, scan; packages of others' },
];

const src = resolve(import.meta.dirname, '../src');

/** The sources, but for the kernels in AssemblyScript, which are a house of their own and import each other alone. */
export const files: readonly string[] = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('kernels/assembly'),
);

/** Every way in which a file of ours can name another module. */
const names = [
  /^(?:import|export)\s[^;'"]*?from '([^']+)'/gm,
  /^import '([^']+)'/gm, // for its side effects
  /import\(\s*'([^']+)'\s*\)/g,
  /new URL\('([^']+)', import\.meta\.url\)/g, // a worker
];

/** What a file imports, as it names it; comments, in which examples stand, are left out. */
export function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  return names.flatMap((name) => Array.from(text.matchAll(name), ([, path = '']) => path));
}

/** The files of the house that a file imports. */
export const importedBy = (file: string): readonly string[] =>
  importsOf(file)
    .filter((path) => path.startsWith('.'))
    .map((path) => relative(src, resolve(src, dirname(file), path)).replace(/\.js$/, '.ts'))
    .filter((other) => other.endsWith('.ts') && !other.startsWith('..') && existsSync(join(src, other)));

/** The layer of a file, counted from the top; −1: none. */
export const layerOf = (file: string): number => layers.findIndex(({ holds }) => holds.includes(folderOf(file, 1)));

/** The folder of a file, so many levels deep; what lies in no folder of a level stands for itself. */
export const folderOf = (file: string, depth: number): string => file.split('/').slice(0, depth).join('/');

/** Which folders import which, at a depth. */
export function foldersAt(depth: number): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>();
  for (const file of files) {
    const from = folderOf(file, depth);
    const targets = graph.get(from) ?? new Set();
    graph.set(from, targets);
    for (const other of importedBy(file)) {
      const to = folderOf(other, depth);
      // A folder that lies in another is part of it.
      if (to !== from && !to.startsWith(`${from}/`) && !from.startsWith(`${to}/`)) targets.add(to);
    }
  }
  return graph;
}

/** The circles of a graph: for each node that can be reached from itself, the shortest way round. */
export function circles(graph: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const found = new Set<string>();
  for (const start of graph.keys()) {
    const cameFrom = new Map<string, string>();
    const queue = [start];
    for (let node = queue.shift(); node !== undefined; node = queue.shift()) {
      for (const next of graph.get(node) ?? []) {
        if (next === start) {
          const way = [node];
          for (let at = node; at !== start; ) {
            const before = cameFrom.get(at);
            if (before === undefined) break;
            way.unshift(before);
            at = before;
          }
          const least = way.indexOf([...way].sort()[0] ?? start);
          found.add([...way.slice(least), ...way.slice(0, least)].join(' → '));
          queue.length = 0;
          break;
        }
        if (cameFrom.has(next)) continue;
        cameFrom.set(next, node);
        queue.push(next);
      }
    }
  }
  return [...found].sort();
}
