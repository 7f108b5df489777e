import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as h5wasm from 'h5wasm/node';
import { describe, expect, it } from 'vitest';
import { StdpError } from '../../../src/core/errors.js';
import { bytesOf } from '../../../src/formats/arrays/elements.js';
import { isFileArray, isGraph, type NirGraph, type NirNode, type NirValue } from '../../../src/formats/nir/nirGraph.js';
import { readNir } from '../../../src/formats/nir/readNir.js';
import { writeNir } from '../../../src/formats/nir/writeNir.js';
import { isShared, shared } from '../../shared.js';

/** A dataset as expected.json tells it. */
interface Told {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly value?: unknown;
  readonly sha256?: string;
}

const isTold = (tree: unknown): tree is Told => typeof tree === 'object' && tree !== null && 'dtype' in tree && 'shape' in tree;

/** Each value by its path. */
function flat(tree: object, path = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    isTold(value) || isFileArray(value) || typeof value !== 'object' || value === null
      ? [[`${path}/${name}`, value] as const]
      : flat(value, `${path}/${name}`),
  );
}

/** A graph as it lies in a file. */
const grouped = (graph: NirGraph | NirNode): object =>
  isGraph(graph)
    ? {
        type: graph.type,
        edges: graph.edges.flat().join(),
        nodes: Object.fromEntries(Object.entries(graph.nodes).map(([name, node]) => [name, grouped(node)])),
        ...(graph.metadata && { metadata: graph.metadata }),
      }
    : { type: graph.type, ...graph.params, ...(graph.metadata && { metadata: graph.metadata }) };

const folder = 'formats/nir';
const read = (name: string): Uint8Array => readFileSync(shared(`${folder}/${name}`));
const broken: { readonly [file: string]: RegExp } = {
  'lif_rockpool.nir': /has \/node, whose node "1_LIFNeuronTorch" gives \[1\], and "output" takes \[1, 1, 1\]$/,
  'rockpool_braille.nir': /has \/node\/nodes\/hidden, whose node "input" gives \[12\], and "lif" takes \[38\]$/,
  'braille_subgraph_dangling_edges.nir':
    /has \/node\/nodes\/lif1, whose edge "input" → "lif" names "lif", its nodes are \["input", "lif1", /,
};
const files = isShared(folder) ? readdirSync(shared(folder)).filter((name) => name.endsWith('.nir')) : [];

describe.skipIf(files.length === 0)('the NIR files of other tools', () => {
  const expected = files.length === 0 ? {} : JSON.parse(new TextDecoder().decode(read('expected.json')));

  it('are all there', () => expect(files.sort()).toEqual(Object.keys(expected).sort()));

  it.each(files.filter((name) => !(name in broken)))('%s has the graph that is told, and goes out and in again', async (name) => {
    const { version, graph } = await readNir(read(name), h5wasm, name);
    expect(version).toBe(expected[name].version.value);
    const found = new Map(flat(grouped(graph)));
    const told = flat(expected[name].node) as readonly (readonly [string, Told])[];
    for (const [path, { dtype, shape, value, sha256 }] of told) {
      const mine = found.get(path);
      found.delete(path);
      if (!isFileArray(mine)) expect(mine, path).toEqual(Array.isArray(value) ? value.flat().join() : value);
      else {
        expect([mine.dtype, mine.shape], path).toEqual([dtype, shape]);
        if (sha256)
          expect(
            createHash('sha256')
              .update(bytesOf(mine) ?? '')
              .digest('hex'),
            path,
          ).toBe(sha256);
        else expect(Array.from<number | bigint, number>(mine.data, Number), path).toEqual([value].flat(9));
      }
    }
    for (const [path, value] of found) {
      const standard = path.endsWith('/w_in') ? 1 : path.endsWith('/v_reset') ? 0 : expect.unreachable(path);
      expect(isFileArray(value) && Array.from<number | bigint>(value.data).every((entry) => entry === standard), path).toBe(true);
    }
    expect((await readNir(await writeNir(graph, h5wasm), h5wasm)).graph).toEqual(graph);
  });

  it.each(Object.entries(broken))('%s is refused in one line', async (name, message) => {
    await expect(readNir(read(name), h5wasm, name)).rejects.toThrow(message);
    await expect(readNir(read(name), h5wasm, name)).rejects.toThrow(`readNir: ${name} has /node`);
  });
});

const shape: NirValue = { dtype: 'int64', shape: [1], data: BigInt64Array.of(2n) };
const each = (value: number, length = 2) =>
  ({ dtype: 'float32', shape: [length], data: new Float32Array(length).fill(value) }) as const;
const plain: NirGraph = {
  type: 'NIRGraph',
  nodes: {
    input: { type: 'Input', params: { shape } },
    lif: {
      type: 'LIF',
      params: { tau: each(20), r: each(1), v_leak: each(0), v_threshold: each(1), v_reset: each(-1) },
      metadata: { 'tfjs-stdp': { rule: 'pairStdp', params: { tauPre: each(20, 1) } } },
    },
    output: { type: 'Output', params: { shape } },
  },
  edges: [
    ['lif', 'output'],
    ['input', 'lif'],
  ],
};
const withLif = (params: NirNode['params'], type = 'LIF'): NirGraph => ({
  ...plain,
  nodes: { ...plain.nodes, lif: { type, params } },
});
const { lif } = plain.nodes;
const lifParams = lif !== undefined && !isGraph(lif) ? lif.params : expect.unreachable('no node');

describe('graphs of our own', () => {
  it('go out and in, with what we say of plasticity', async () => {
    const { graph } = await readNir(await writeNir(plain, h5wasm), h5wasm);
    expect(graph).toEqual(plain);
    const empty: NirGraph = { ...plain, edges: [] };
    expect((await readNir(await writeNir(empty, h5wasm), h5wasm)).graph).toEqual(empty);
  });

  it.each<[string, unknown, RegExp]>([
    ['an unknown node', withLif({}, 'Izhikevich'), /has \/node\/nodes\/lif, of type "Izhikevich", read are Input, /],
    ['a missing array', withLif({ tau: each(1) }), /has \/node\/nodes\/lif, of type LIF without r$/],
    ['an array too many', withLif({ ...lifParams, v_max: each(1) }), /of type LIF with "v_max", which is none of its arrays/],
    ['shapes that disagree within', withLif({ ...lifParams, r: each(1, 3) }), /whose tau has shape \[2\], and r \[3\]/],
    [
      'shapes that disagree along an edge',
      withLif({ weight: { dtype: 'float32', shape: [2, 3], data: new Float32Array(6) } }, 'Linear'),
      /"input" gives \[2\], and "lif" takes \[3\]/,
    ],
    ['an edge to nowhere', { ...plain, edges: [['lif', 'fil']] }, /whose edge "lif" → "fil" names "fil"/],
    ['no output', { ...plain, nodes: { input: plain.nodes['input'] }, edges: [] }, /a graph without Output/],
    [
      "a type that others don't take",
      withLif({ delay: { dtype: 'bool', shape: [2], data: Uint8Array.of(1, 0) } }, 'Delay'),
      /\/node\/nodes\/lif\/delay is bool/,
    ],
    [
      'a name that is a path',
      { ...plain, nodes: { ...plain.nodes, 'a/b': plain.nodes['lif'] } },
      /has a name that HDF5 takes for a path/,
    ],
    ['a record without a type', {}, /writeNir: graph must be \{ type: 'NIRGraph', nodes, edges \}, got \{\s*\}/],
    ['no graph', 3, /writeNir: graph must be \{ type: 'NIRGraph', nodes, edges \}, got 3/],
  ])('refuse %s', async (_, graph, message) => {
    await expect(writeNir(graph as NirGraph, h5wasm)).rejects.toThrow(message);
  });

  it('ask for the package', async () => {
    await expect(readNir(new Uint8Array(3), {} as never)).rejects.toThrow(
      'readNir: h5wasm must be the package of that name, imported',
    );
    await expect(readNir(new Uint8Array(3), h5wasm, 'x.nir')).rejects.toThrow('readNir: x.nir is no HDF5 file');
  });
});

it('a file cut off or with bytes changed, anywhere, is read or refused in one line', async () => {
  const whole = await writeNir(plain, h5wasm);
  const counts = { read: 0, refused: 0 };
  for (let at = 16; at < whole.length; at += 997) {
    const [cut, changed] = [whole.slice(0, at), new Uint8Array(whole)];
    changed.set([0xff, 0xff, 0xff, 0x7f], Math.min(at, whole.length - 4));
    for (const bytes of [cut, changed]) {
      const answer = await readNir(bytes, h5wasm).catch((reason: unknown) => reason);
      if (answer instanceof Error) expect(answer.message).toMatch(/^readNir: bytes [^\n]{3,400}$/);
      counts[answer instanceof StdpError ? 'refused' : 'read']++;
    }
  }
  expect(counts.refused).toBeGreaterThan(counts.read / 2);
  expect((await readNir(whole, h5wasm)).graph).toEqual(plain);
});
