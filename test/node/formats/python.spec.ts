import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import * as h5wasm from 'h5wasm/node';
import { afterAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../src/backends/useBackend.js';
import { recordToArrays } from '../../../src/formats/arrays/arrayTensors.js';
import { bytesOf } from '../../../src/formats/arrays/elements.js';
import type { FileArrays } from '../../../src/formats/arrays/fileArray.js';
import { readNir } from '../../../src/formats/nir/readNir.js';
import { writeNir } from '../../../src/formats/nir/writeNir.js';
import { readNpz } from '../../../src/formats/numpy/readNpz.js';
import { writeNpz } from '../../../src/formats/numpy/writeNpz.js';
import { readSafetensors } from '../../../src/formats/safetensors/readSafetensors.js';
import { writeSafetensors } from '../../../src/formats/safetensors/writeSafetensors.js';
import { nirFromLayers } from '../../../src/networks/nir/nirFromLayers.js';
import { plasticityFromNir } from '../../../src/networks/nir/plasticity.js';
import { pairStdp } from '../../../src/rules/pair/pairStdp.js';

/** The Python that has Debian's python3-numpy or python3-h5py, which only this test wants. */
const pythonWith = (module: string): string | undefined =>
  ['python3', '/usr/bin/python3'].find((python) => spawnSync(python, ['-c', `import ${module}`]).status === 0);
const [numpyPython, h5pyPython] = [pythonWith('numpy'), pythonWith('h5py')];

const arrays: FileArrays = {
  w: { dtype: 'float32', shape: [2, 3], data: Float32Array.of(0.1, -0, Number.NaN, Number.NEGATIVE_INFINITY, 1e-45, 3) },
  half: { dtype: 'float16', shape: [3], data: Float32Array.of(1.5, 2 ** -24, 65504) },
  double: { dtype: 'float64', shape: [], data: Float64Array.of(0.1) },
  counts: { dtype: 'uint64', shape: [1, 2], data: BigUint64Array.of(0n, 2n ** 64n - 1n) },
  times: { dtype: 'int64', shape: [2], data: BigInt64Array.of(-(2n ** 63n), 2n ** 53n + 1n) },
  words: { dtype: 'uint32', shape: [1], data: Uint32Array.of(2 ** 32 - 1) },
  steps: { dtype: 'int32', shape: [1, 1, 1], data: Int32Array.of(-7) },
  short: { dtype: 'int16', shape: [2], data: Int16Array.of(-300, 300) },
  ushort: { dtype: 'uint16', shape: [1], data: Uint16Array.of(65535) },
  tiny: { dtype: 'int8', shape: [2], data: Int8Array.of(-1, 1) },
  pixels: { dtype: 'uint8', shape: [0, 3], data: new Uint8Array(0) },
  mask: { dtype: 'bool', shape: [2, 1], data: Uint8Array.of(1, 0) },
};

/** What each array is, its bytes in hexadecimal. */
const told = (read: FileArrays): { readonly [name: string]: unknown } =>
  Object.fromEntries(
    Object.entries(read).map(([name, array]) => [
      name,
      [array.dtype, array.shape, Buffer.from(bytesOf(array) ?? []).toString('hex')],
    ]),
  );

/** Reads what we wrote, tells it, and writes it in its own ways: both archives, and in the other orders of bytes and axes. */
const script = `
import json, sys, numpy
folder = sys.argv[1] + '/'
tell = lambda a: [str(a.dtype), list(a.shape), a.astype(a.dtype.newbyteorder('<')).tobytes().hex()]
def safetensors(path):
    data = open(path, 'rb').read()
    n = int.from_bytes(data[:8], 'little')
    types = {'BOOL': '?', 'F16': '<f2', 'F32': '<f4', 'F64': '<f8', **{k + str(8 * b): '<' + l + str(b) for k, l in (('I', 'i'), ('U', 'u')) for b in (1, 2, 4, 8)}}
    return {k: numpy.frombuffer(data[8 + n:][v['data_offsets'][0]:v['data_offsets'][1]], types[v['dtype']]).reshape(v['shape']) for k, v in json.loads(data[8:8 + n]).items()}
stored, deflated = numpy.load(folder + 'stored.npz'), numpy.load(folder + 'deflated.npz')
print(json.dumps([{k: tell(f[k]) for k in f} for f in (stored, deflated, safetensors(folder + 'w.safetensors'))]))
whole = {k: stored[k] for k in stored}
names = {v: k for k, v in {'BOOL': 'bool', 'F16': 'float16', 'F32': 'float32', 'F64': 'float64', **{k + str(8 * b): l + 'int' + str(8 * b) for k, l in (('I', ''), ('U', 'u')) for b in (1, 2, 4, 8)}}.items()}
head, data = {}, b''
for k, a in sorted(whole.items(), key=lambda entry: -entry[1].dtype.itemsize):
    head[k] = {'dtype': names[str(a.dtype)], 'shape': a.shape, 'data_offsets': [len(data), len(data) + a.nbytes]}
    data += a.tobytes()
text = json.dumps(head).encode()
text += b' ' * (-len(text) % 8)
open(folder + 'theirs.safetensors', 'wb').write(len(text).to_bytes(8, 'little') + text + data)
numpy.savez(folder + 'theirs.npz', **whole)
numpy.savez_compressed(folder + 'turned.npz', **{k: numpy.asfortranarray(a).astype(a.dtype.newbyteorder('>')).reshape(a.shape, order='A') for k, a in whole.items()})
`;

describe.skipIf(numpyPython === undefined)(
  numpyPython === undefined ? 'NumPy, which is not here (python3-numpy)' : 'NumPy',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'tfjs-stdp-numpy-'));
    afterAll(() => rmSync(folder, { recursive: true }));

    it('reads what we write, and we read what it writes, to the last bit', async () => {
      writeFileSync(join(folder, 'stored.npz'), await writeNpz(arrays));
      writeFileSync(join(folder, 'deflated.npz'), await writeNpz(arrays, { compressed: true }));
      writeFileSync(join(folder, 'w.safetensors'), writeSafetensors(arrays));
      const output = execFileSync(String(numpyPython), ['-c', script, folder], { encoding: 'utf8' });
      const wanted = told(arrays);
      for (const read of JSON.parse(output)) expect(read).toEqual(wanted);
      for (const name of ['theirs.npz', 'turned.npz'])
        expect(told(await readNpz(readFileSync(join(folder, name)), name)), name).toEqual(wanted);
      for (const name of ['w.safetensors', 'theirs.safetensors'])
        expect(told(readSafetensors(readFileSync(join(folder, name)), name).arrays), name).toEqual(wanted);
    });
  },
);

/** Reads a graph as the reference does: groups as dictionaries, texts as bytes that are decoded. */
const nirScript = `
import sys, json, h5py
def tell(item):
    if hasattr(item, 'keys'): return {k: tell(item[k]) for k in item}
    value = item[()]
    if isinstance(value, bytes): return value.decode()
    if value.dtype.kind in 'OS': return [[t.decode() for t in row] if hasattr(row, '__len__') and not isinstance(row, bytes) else row.decode() for row in value]
    return [str(value.dtype), list(value.shape), value.tobytes().hex()]
def copy(source, target):
    for k in source:
        item = source[k]
        if hasattr(item, 'keys'): copy(item, target.create_group(k))
        elif item.dtype.kind in 'OS': target.create_dataset(k, data=item[()], dtype=h5py.string_dtype())
        else: target.create_dataset(k, data=item[()], compression='gzip' if item.size and item.shape else None)
ours = h5py.File(sys.argv[1], 'r')
print(json.dumps(tell(ours)))
copy(ours, h5py.File(sys.argv[1] + '.theirs', 'w'))
`;

describe.skipIf(h5pyPython === undefined)(h5pyPython === undefined ? 'h5py, which is not here (python3-h5py)' : 'h5py', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tfjs-stdp-h5py-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('reads the graphs that we write, to the last bit', async () => {
    const shape = { dtype: 'int64', shape: [1], data: BigInt64Array.of(2n) } as const;
    const weight = { dtype: 'float32', shape: [2, 2], data: Float32Array.of(0.1, -0, 1e-45, 3) } as const;
    const tauPre = { dtype: 'float64', shape: [], data: Float64Array.of(0.1) } as const;
    const metadata = { 'tfjs-stdp': { rule: 'pairStdp', params: { tauPre }, names: ['ü', 'b'] } };
    const nodes = {
      input: { type: 'Input', params: { shape } },
      w: { type: 'Linear', params: { weight }, metadata },
      output: { type: 'Output', params: { shape } },
    };
    const edges = [
      ['input', 'w'],
      ['w', 'output'],
    ] as const;
    const path = join(folder, 'ours.nir');
    writeFileSync(path, await writeNir({ type: 'NIRGraph', nodes, edges }, h5wasm));
    const read = JSON.parse(execFileSync(String(h5pyPython), ['-c', nirScript, path], { encoding: 'utf8' }));
    const [size, weights, tau] = Object.values(told({ shape, weight, tauPre }));
    const kept = { 'tfjs-stdp': { rule: 'pairStdp', params: { tauPre: tau }, names: ['ü', 'b'] } };
    const group = {
      input: { type: 'Input', shape: size },
      w: { type: 'Linear', weight: weights, metadata: kept },
      output: { type: 'Output', shape: size },
    };
    expect(read).toEqual({ version: '1.0.8', node: { type: 'NIRGraph', edges, nodes: group } });
  });

  it('reads what our layers learn by, and we read its own file of it: they go on bit for bit', async () => {
    await useBackend('cpu');
    const rule = pairStdp({ etaPlus: 0.1, tauPre: 1 / 3, integration: 'exact' });
    const input = () => ({ pre: tf.ones([2]), post: tf.ones([3]) });
    const [w, state] = rule.step(
      input(),
      tf.tensor2d([0.1, -0, 1e-30, 3, 0.7, 1 / 3], [2, 3]),
      rule.init({ pre: [2], post: [3] }),
    );
    const layers = [
      { w, rule, state },
      { neuron: 'lif', params: { tauMem: 7 }, inhibition: 0.5 },
    ] as const;
    const graph = await nirFromLayers(layers, { inputShape: [2], dt: 0.001, unit: 's' });
    const path = join(folder, 'layers.nir');
    writeFileSync(path, await writeNir(graph, h5wasm));
    const read = JSON.parse(execFileSync(String(h5pyPython), ['-c', nirScript, path], { encoding: 'utf8' }));
    const { 'tfjs-stdp': record } = read.node.nodes.weights_0.metadata;
    expect([record.version, record.rule, JSON.parse(record.params)]).toEqual([
      '1',
      'pairStdp',
      JSON.parse(JSON.stringify(rule)).params,
    ]);
    const { tPre } = await recordToArrays({ tPre: state.tPre });
    expect(record.state.tPre).toEqual(told({ tPre } as FileArrays)['tPre']);
    const theirs = await readNir(readFileSync(`${path}.theirs`), h5wasm, 'layers.nir.theirs');
    expect(theirs.graph).toEqual(graph);
    const found = plasticityFromNir(theirs.graph)['weights_0'] ?? expect.unreachable('no plasticity');
    const [[next], [wanted]] = [found.rule.step(input(), found.w, found.state ?? {}), rule.step(input(), w, state)];
    expect(await next.data()).toEqual(await wanted.data());
  });
});
