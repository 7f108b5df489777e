import { ensure } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { checkFile } from '../arrays/checkArrays.js';
import { checkTexts } from './checkTexts.js';
import { graphOf } from './graphOf.js';
import { type H5wasm, placeFile, withHdf5 } from './hdf5Library.js';
import { isFileArray, type NirGraph, type NirRecord } from './nirGraph.js';
import { checkGraph } from './nirShapes.js';
import { readHdf5 } from './readHdf5.js';

/** What a NIR file holds: the version of the reference that it is like, and the graph. */
export interface NirFile {
  readonly version: string;
  readonly graph: NirGraph;
}

/**
 * The graph of a `.nir` file (Neuromorphic Intermediate Representation), the form in which Norse, snnTorch, SpikingJelly, Sinabs,
 * Rockpool, Lava and others hand networks to one another. Nodes come by name, edges in any order; a missing `v_reset` is 0, a missing
 * `w_in` 1. Times are in the unit of the writer, which the file doesn't tell: seconds, or steps.
 *
 * @param bytes   the whole file.
 * @param h5wasm  what reads HDF5: the package of that name, which is loaded only by who needs it.
 * @param name    of the file, for messages. Default `'bytes'`.
 * @throws {StdpError} (as a rejection) that names the file and the place, when it is no NIR, has nodes that are not known, edges to
 *         nodes that there are not, or shapes that disagree.
 *
 * Source: J. E. Pedersen et al., "Neuromorphic intermediate representation", Nature Communications 15, 8122 (2024).
 *
 * @example
 * // import * as h5wasm from 'h5wasm'; in Node from 'h5wasm/node'
 * const file = await writeNir(
 *   {
 *     type: 'NIRGraph',
 *     nodes: {
 *       input: { type: 'Input', params: { shape: { dtype: 'int64', shape: [1], data: BigInt64Array.of(2n) } } },
 *       wait: { type: 'Delay', params: { delay: { dtype: 'float32', shape: [2], data: Float32Array.of(0.001, 0.002) } } },
 *       output: { type: 'Output', params: { shape: { dtype: 'int64', shape: [1], data: BigInt64Array.of(2n) } } },
 *     },
 *     edges: [['input', 'wait'], ['wait', 'output']],
 *   },
 *   h5wasm,
 * );
 * const { graph } = await readNir(file, h5wasm, 'wait.nir');
 * graph.nodes.wait.type;   // => 'Delay'
 */
export async function readNir(bytes: Uint8Array, h5wasm: H5wasm, name = 'bytes', ...more: readonly never[]): Promise<NirFile> {
  const where = 'readNir';
  nothingMore(more, where, 'readNir(bytes, h5wasm, name)');
  checkFile(bytes, name, where);
  const { version, node } = await readTree(bytes, h5wasm, where, name);
  ensure(typeof version === 'string', where, name, () => 'is no NIR file: it tells no version');
  ensure(
    typeof node === 'object' && !Array.isArray(node) && !isFileArray(node),
    where,
    name,
    () => `has /node, which is ${show(node)}`,
  );
  const graph = graphOf(node as NirRecord, '/node', where, name);
  checkGraph(graph, '/node', where, name);
  return { version, graph };
}

/** How an HDF5 file begins. */
const signature = [0x89, ...new TextEncoder().encode('HDF\r\n\x1a\n')];

/** All that is in a file. */
const readTree = (bytes: Uint8Array, h5wasm: H5wasm, where: string, file: string): Promise<NirRecord> =>
  withHdf5(h5wasm, where, file, (library, path) => {
    const isHdf5 = signature.every((byte, index) => bytes[index] === byte);
    ensure(isHdf5, where, file, () => 'is no HDF5 file, which a NIR file has to be');
    checkTexts(bytes, where, file);
    placeFile(library.FS, path, bytes, where, file);
    return readHdf5(new h5wasm.File(path, 'r'), library, where, file, bytes.length);
  });
