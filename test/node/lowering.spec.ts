import binaryen from 'binaryen';
import { describe, expect, it } from 'vitest';
import { fork, randomUint32 } from '../../src/core/random.js';

const script = (name: string) => import(new URL(`../../scripts/kernels/${name}.mjs`, import.meta.url).href);
const { plainScript }: { readonly plainScript: (binary: Uint8Array) => string } = await script('plainScript');
const { operations, scalars }: { readonly [table in 'operations' | 'scalars']: { readonly [name: string]: Operation } } =
  await script('vectorOperations');

interface Operation {
  readonly takes: string | readonly string[];
}

type Run = (memory: { readonly buffer: ArrayBufferLike }) => { readonly run: () => void };

/** What an operation is written with beside its operands. */
const lanesOf: { readonly [name: string]: readonly string[] } = {
  'f32x4.extract_lane': ['0', '3'],
  'i32x4.extract_lane': ['1', '2'],
  'i8x16.shuffle': ['0 1 2 3 20 21 22 23 8 9 10 11 28 29 30 31', '3 17 31 2 16 30 1 15 29 0 14 28 9 9 25 8'],
};

const vectors = [16, 32, 48].map((at) => `(v128.load (i32.const ${at}))`);
const scalarOf = (name: string): string => `(${name.startsWith('f32') ? 'f32' : 'i32'}.load (i32.const 16))`;
const storeOf = (name: string): string => (name.startsWith('f32') ? 'f32.store' : 'i32.store');

/** The expressions that are tried, and how each is stored. */
const tried: readonly (readonly [text: string, store: string])[] = [
  ...Object.entries(operations).flatMap(([name, { takes }]) => {
    const operands = [takes].flat().map((kind, index) => (kind === 'scalar' ? scalarOf(name) : vectors[index]));
    return [[`(${name} ${operands.join(' ')})`, 'v128.store'] as const];
  }),
  ...Object.keys(scalars).flatMap((name) =>
    (lanesOf[name] ?? ['']).map((lane) => [`(${name} ${lane} ${vectors[0]})`, storeOf(name)] as const),
  ),
  ...(lanesOf['i8x16.shuffle'] ?? []).map(
    (lanes) => [`(i8x16.shuffle ${lanes} ${vectors[0]} ${vectors[1]})`, 'v128.store'] as const,
  ),
  ...['and', 'or', 'xor', 'andnot'].map((name) => [`(v128.${name} ${vectors[0]} ${vectors[1]})`, 'v128.store'] as const),
  [`(v128.bitselect ${vectors.join(' ')})`, 'v128.store'],
  [`(v128.bitselect ${vectors[0]} ${vectors[1]} (f32x4.gt ${vectors[1]} ${vectors[2]}))`, 'v128.store'],
  [`(f32x4.add ${vectors[2]} (v128.and (f32x4.lt ${vectors[0]} ${vectors[1]}) ${vectors[1]}))`, 'v128.store'],
  [`(select ${vectors[0]} ${vectors[1]} (i32.and (i32.load (i32.const 32)) (i32.const 1)))`, 'v128.store'],
  ...['v128.load32_zero', 'v128.load32_splat', 'v128.load8_splat'].map(
    (name) => [`(${name} (i32.const 20))`, 'v128.store'] as const,
  ),
  [`(v128.load32_lane 2 (i32.const 20) ${vectors[1]})`, 'v128.store'],
  [vectors[0] ?? '', 'v128.store32_lane 3'],
];

/** Words that are whole numbers of floats, small integers, masks or anything. */
function words(seed: number): Uint32Array {
  const any = randomUint32(12, fork(seed, 0));
  const floats = Float32Array.from(randomUint32(12, fork(seed, 1)), (word) => (word % 4000) / 8 - 250);
  const kinds = [any, new Uint32Array(floats.buffer), any.map((word) => word % 7), any.map((word) => -(word % 2))];
  return any.map((_, index) => kinds[seed % 5 === 4 ? index % 4 : seed % 5]?.[index] ?? 0);
}

/** The first 16 bytes as words; of floats all NaN are one. */
function given(buffer: ArrayBufferLike, areFloats: boolean): readonly number[] {
  const floats = new Float32Array(buffer, 0, 4);
  return Array.from(new Uint32Array(buffer, 0, 4), (word, index) =>
    areFloats && Number.isNaN(floats[index]) ? Number.NaN : word,
  );
}

/** That a module's `run` leaves the same words with SIMD and without. */
function expectSameWords(functions: string, areFloats: boolean): void {
  const module = binaryen.parseText(`(module (import "env" "memory" (memory 1 65536)) ${functions})`);
  module.setFeatures(binaryen.Features.All);
  const binary = module.emitBinary();
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536 });
  const { run } = new WebAssembly.Instance(new WebAssembly.Module(binary as Uint8Array<ArrayBuffer>), { env: { memory } })
    .exports as unknown as ReturnType<Run>;
  const plain = { buffer: new ArrayBuffer(65_536) };
  const plainRun = (new Function(`return ${plainScript(binary)}`)() as Run)(plain).run;
  for (let seed = 0; seed < 40; seed++) {
    for (const buffer of [memory.buffer, plain.buffer]) new Uint32Array(buffer, 16).set(words(seed));
    run();
    plainRun();
    expect(given(plain.buffer, areFloats)).toEqual(given(memory.buffer, areFloats));
  }
}

describe('each vector operation does in four words what it does with SIMD', () => {
  it.each(tried)('%s', (text, store) => {
    expectSameWords(`(func (export "run") (${store} (i32.const 0) ${text}))`, text.startsWith('(f32'));
  });
});

it('a function that gives nothing is given a vector', () => {
  const keep = '(func $keep (param $given v128) (v128.store (i32.const 0) (local.get $given)))';
  expectSameWords(`${keep} (func (export "run") (call $keep ${vectors[0]}))`, false);
});
