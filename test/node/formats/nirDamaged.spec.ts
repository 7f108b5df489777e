import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import * as h5wasm from 'h5wasm/node';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { StdpError } from '../../../src/core/errors.js';
import { readNir } from '../../../src/formats/nir/readNir.js';
import { writeNir } from '../../../src/formats/nir/writeNir.js';
import { chain, floats, integers, node, one } from '../../networks/nir/graphs.js';
import { isShared, shared } from '../../shared.js';

const small = chain([2], [2], {
  lif: node('LIF', { tau: floats([2], 20), r: floats([2], 1), v_leak: floats([2], 0), v_threshold: floats([2], 1) }),
});
const within = chain([1, 4, 4], [2], {
  conv: node('Conv2d', {
    ...{
      weight: floats([2, 1, 3, 3], 0.5),
      bias: floats([2], 0),
      stride: one(1),
      padding: 'valid',
      dilation: one(1),
      groups: one(1),
    },
    input_shape: integers(4, 4),
  }),
  pool: node('SumPool2d', { kernel_size: integers(2, 2), stride: integers(2, 2), padding: integers(0, 0) }),
  flat: node('Flatten', { start_dim: one(0), end_dim: one(-1), input_type: integers(2, 1, 1) }),
  inner: { ...small, metadata: { 'tfjs-stdp': { rule: 'pairStdp', state: { tPre: floats([2], 1) } } } },
});
const files = [
  ['a graph of a neuron', await writeNir(small, h5wasm)],
  ['a graph in a graph, with metadata', await writeNir(within, h5wasm)],
] as const;

// HDF5 prints its whole stack of errors for each file.
const { FS } = await h5wasm.ready;
Object.assign(Reflect.get(FS, 'streams'), { 2: FS.open('/dev/null', 'w') });

const memory = async (): Promise<number> => (await h5wasm.ready).HEAPU8.length;

/** How often more is tried than a test has time for (`npm run fuzz` sets it). */
const numRuns = Number(import.meta.env['FORMAT_CASES'] ?? 150);
const seed = Number(import.meta.env['CALLS_SEED'] ?? 1);

const edit = fc.record({
  at: fc.nat(),
  kind: fc.constantFrom('set', 'set', 'set', 'turn', 'cut'),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0xff)),
});

/** HDF5 keeps much room free: half of the edits hit a byte that isn't 0. */
function edited(
  whole: Uint8Array,
  { at, kind, byte }: { readonly at: number; readonly kind: string; readonly byte: number },
): Uint8Array {
  if (whole.length === 0) return whole;
  const from = at % whole.length;
  const next = at % 2 === 0 ? whole.findIndex((value, index) => index >= from && value !== 0) : from;
  const place = next < 0 ? from : next;
  if (kind === 'cut') return whole.slice(0, place);
  const changed = new Uint8Array(whole);
  changed[place] = kind === 'turn' ? (whole[place] ?? 0) ^ (1 << (byte % 8)) : byte;
  return changed;
}

it.each(files)(
  '%s, mutated anyhow, is read or refused in one line, and others are read afterwards',
  async (_, whole) => {
    const counts = { read: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const bytes = edits.reduce(edited, whole);
        try {
          await readNir(bytes, h5wasm, 'x.nir');
          counts.read++;
        } catch (reason) {
          if (!(reason instanceof StdpError)) throw reason;
          expect(reason.message).toMatch(/^readNir: x\.nir [^\n]{3,400}$/);
          counts.refused++;
        }
      }),
      { numRuns, seed },
    );
    expect(Math.min(counts.read, counts.refused)).toBeGreaterThan(0);
    await expect(readNir(whole, h5wasm)).resolves.toHaveProperty('graph.type', 'NIRGraph');
  },
  3_600_000,
);

describe('a text whose reference is damaged is refused before memory is taken for it, and others are read afterwards', () => {
  const whole = new Uint8Array(files[0][1]);
  const view = new DataView(whole.buffer);
  /** Where LIF, the type of the node, is referred to: its length, its heap and its number there. */
  const heap = Buffer.from(whole).indexOf('GCOL');
  const sites = Array.from(whole.keys()).filter(
    (at) => at + 16 <= whole.length && view.getUint32(at, true) === 3 && view.getUint32(at + 4, true) === heap,
  );

  it('there are such', () => expect(sites.length).toBeGreaterThan(0));

  it.each<[string, number, readonly number[], RegExp]>([
    ['a length of 16 MiB', 2, [0xff], /^readNir: x\.nir tells at byte \d+ of a text of 16711683 bytes, and has \d+$/],
    ['a length of 2 GiB', 3, [0x7f], /^readNir: x\.nir tells at byte \d+ of a text of 2130706435 bytes, and has \d+$/],
    ['another heap', 4, [0xf8, 0x01], /^readNir: x\.nir has \/node\S*, whose values are damaged$/],
    ['a number that there is not', 12, [0x99], /^readNir: x\.nir has \/node\S*, whose values are damaged$/],
  ])('%s', async (_, offset, changed, message) => {
    for (const site of sites) {
      const before = await memory();
      const bytes = new Uint8Array(whole);
      bytes.set(changed, site + offset);
      await expect(readNir(bytes, h5wasm, 'x.nir')).rejects.toThrow(message);
      expect(await memory()).toBe(before);
    }
    await expect(readNir(whole, h5wasm)).resolves.toHaveProperty('graph.type', 'NIRGraph');
  });
});

it('h5wasm has its stack back where it threw', async () => {
  const whole = Buffer.from(files[0][1]);
  const damaged = new Uint8Array(whole);
  damaged[whole.lastIndexOf('OHDR')] = 0;
  const library = await h5wasm.ready;
  Object.assign(library, { _testPlace: (place: number) => place });
  const place = () => library.ccall('testPlace', 'number', ['string'], ['']);
  const before = place();
  for (let time = 0; time < 5; time++)
    await expect(readNir(damaged, h5wasm, 'x.nir')).rejects.toThrow(/^readNir: x\.nir is no whole/);
  expect(place()).toBe(before);
});

describe('the file that h5wasm reads in Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stdp-nir-'));
  const before = process.env['TMPDIR'];
  afterEach(() => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is a temporary one of its own, and gone afterwards', async () => {
    process.env['TMPDIR'] = folder;
    const paths: string[] = [];
    const place = vi.spyOn(FS, 'writeFile').mockImplementation((path) => {
      paths.push(path);
      throw new Error('full');
    });
    for (let time = 0; time < 2; time++)
      await expect(readNir(files[0][1], h5wasm, 'x.nir')).rejects.toThrow(
        /^readNir: x\.nir can't be put at \S+, where h5wasm would read it$/,
      );
    place.mockRestore();
    expect(new Set(paths.map((path) => dirname(path)))).toEqual(new Set([folder]));
    expect(new Set(paths).size).toBe(2);
    await readNir(files[0][1], h5wasm, 'x.nir');
    await writeNir(small, h5wasm);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is told where it can't be written", async () => {
    process.env['TMPDIR'] = join(folder, 'missing');
    await expect(readNir(files[0][1], h5wasm, 'x.nir')).rejects.toThrow("readNir: x.nir can't be put at ");
    await expect(writeNir(small, h5wasm)).rejects.toThrow("writeNir: graph can't be put at ");
  });
});

const packed = 'formats/nir/all_nodes_gzip.nir';

it.skipIf(!isShared(packed))('values that are packed and damaged are refused, not read as what memory held', async () => {
  const whole = new Uint8Array(readFileSync(shared(packed)));
  const begin = whole.findIndex((byte, at) => byte === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(whole[at + 1] ?? 0));
  const damaged = whole.map((byte, at) => (at === begin + 3 ? byte ^ 0xff : byte));
  await expect(readNir(damaged, h5wasm, 'x.nir')).rejects.toThrow(/^readNir: x\.nir has \/node\S+, whose values are damaged$/);
});
