import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { checkedGraph } from './checkedGraph.js';
import { type H5wasm, type Hdf5Group, withHdf5 } from './hdf5Library.js';
import { isGraph, type NirGraph } from './nirGraph.js';
import { checkName, writeHdf5, writeTexts } from './writeHdf5.js';

/** The version of the reference whose files ours are like. */
const version = '1.0.8';

/**
 * A graph as the bytes of a `.nir` file, which {@link readNir} and the Python package `nir` read. It is checked as a file is. What is in
 * `metadata` travels along: the reference keeps it, and other readers pass it over.
 *
 * @param h5wasm  what writes HDF5: the package of that name.
 * @throws {StdpError} (as a rejection) that names the place, when a node is not known or lacks an array, an edge leads nowhere, shapes
 *         disagree, or an array is of a type that other readers don't take (bool, float16, bfloat16).
 *
 * Source: J. E. Pedersen et al., "Neuromorphic intermediate representation", Nature Communications 15, 8122 (2024).
 *
 * @example
 * const file = await writeNir(
 *   {
 *     type: 'NIRGraph',
 *     nodes: {
 *       input: { type: 'Input', params: { shape: { dtype: 'int64', shape: [1], data: BigInt64Array.of(2n) } } },
 *       output: { type: 'Output', params: { shape: { dtype: 'int64', shape: [1], data: BigInt64Array.of(2n) } } },
 *     },
 *     edges: [['input', 'output']],
 *   },
 *   h5wasm,
 * );
 * String.fromCharCode(...file.subarray(1, 4));   // => 'HDF'
 */
export async function writeNir(graph: NirGraph, h5wasm: H5wasm, ...more: readonly never[]): Promise<Uint8Array> {
  const where = 'writeNir';
  nothingMore(more, where, 'writeNir(graph, h5wasm)');
  const checked = checkedGraph(graph, where);
  return withHdf5(h5wasm, where, 'graph', ({ FS }, path) => {
    const file = new h5wasm.File(path, 'w');
    ensure(file.file_id >= 0n, where, 'graph', () => `can't be put at ${path}, where h5wasm would write it`);
    try {
      writeHdf5(file, { version }, where, '');
      writeGraph(file.create_group('node') as Hdf5Group, checked, where, '/node');
    } finally {
      file.close();
    }
    return new Uint8Array(FS.readFile(path) as Uint8Array);
  });
}

function writeGraph(group: Hdf5Group, graph: NirGraph, where: string, path: string): void {
  const { type, nodes, edges, metadata } = graph;
  const none = { dtype: 'float64', shape: [0], data: new Float64Array(0) } as const;
  writeHdf5(group, { type, ...(edges.length === 0 ? { edges: none } : {}), ...(metadata && { metadata }) }, where, path);
  if (edges.length > 0) writeTexts(group, 'edges', edges.flat(), [edges.length, 2]);
  const inner = group.create_group('nodes') as Hdf5Group;
  for (const [name, node] of Object.entries(nodes)) {
    const at = `${path}/nodes/${name}`;
    checkName(name, where, at);
    const made = inner.create_group(name) as Hdf5Group;
    if (isGraph(node)) writeGraph(made, node, where, at);
    else writeHdf5(made, { type: node.type, ...node.params, ...(node.metadata && { metadata: node.metadata }) }, where, at);
  }
}
