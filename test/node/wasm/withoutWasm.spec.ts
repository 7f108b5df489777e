import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';

interface Told {
  readonly there: string;
  readonly kernels: boolean;
  readonly why: string;
  readonly results: { readonly [name: string]: readonly number[] };
}

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Runs everything.mjs in a program of its own. */
async function everything(...options: readonly string[]): Promise<Told> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...options, file('everything.mjs')]);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Told;
}

describe('rules, scans, layers and whole networks on cpu', () => {
  let whole: Told;
  beforeAll(async () => {
    whole = await everything();
  });

  it('with WebAssembly', () => {
    expect(whole).toMatchObject({ there: 'object', kernels: true, why: 'started' });
    for (const values of Object.values(whole.results)) expect(new Set(values.flat()).size).toBeGreaterThan(1);
  });

  it.each([
    ['is missing', 'missing.mjs', 'undefined', /could not start: it needs WebAssembly .*/],
    ['is forbidden', 'forbidden.mjs', 'object', /is forbidden by a policy: .* needs 'wasm-unsafe-eval'.*/],
  ])('come to the same where WebAssembly %s', async (_, preload, there, why) => {
    const told = await everything('--import', file(preload));
    expect(told).toMatchObject({ there, kernels: true, results: whole.results });
    expect(told.why).toMatch(new RegExp(`^useBackend: wasm ${why.source}; cpu works everywhere$`));
  });

  it('come to the same in little memory, and what does not fit is refused', async () => {
    const library = new URL('../../../dist/kernels/module/', import.meta.url).href;
    const text = `
      const { Arena } = await import(${JSON.stringify(library)} + 'arena.js');
      const { ruleKernels } = await import(${JSON.stringify(library)} + 'ruleKernels.js');
      const arena = new Arena(1000, ruleKernels);
      const kept = arena.place(Float32Array.of(1, 2));
      const problems = [() => new Arena(2 ** 24, ruleKernels), () => arena.reserve(2 ** 24), () => arena.reset(2 ** 24)].map((ask) => {
        try { ask(); return 'fits'; } catch ({ name, message }) { return name + ': ' + message; }
      });
      arena.kernels.fill(2, kept.byteOffset, 3);
      console.log(JSON.stringify({ problems, kept: [...kept], bytes: arena.memory.buffer.byteLength }));`;
    const options = ['--wasm-max-mem-pages=64', '--input-type=module', '-e', text];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    const refused = 'StdpError: kernels: memory of 16777216 bytes is more than can be had here: work on less at a time';
    expect(JSON.parse(stdout)).toEqual({ problems: [refused, refused, refused], kept: [3, 3], bytes: 65536 });
  });
});
