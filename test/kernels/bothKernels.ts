import fc from 'fast-check';
import { expect } from 'vitest';
import { fork, randomUniform } from '../../src/core/random.js';
import { Arena } from '../../src/kernels/module/arena.js';
import { type CircuitKernels, circuitKernels } from '../../src/kernels/module/circuitKernels.js';
import { plainKernels as circuitsInJavaScript } from '../../src/kernels/module/circuits/plain.js';
import { type KernelModule, kernelModule, type PlainKernels } from '../../src/kernels/module/kernelModule.js';
import { type NetworkKernels, networkKernels } from '../../src/kernels/module/networkKernels.js';
import { plainKernels as networksInJavaScript } from '../../src/kernels/module/networks/plain.js';
import { type RuleKernels, ruleKernels } from '../../src/kernels/module/ruleKernels.js';
import { plainKernels as rulesInJavaScript } from '../../src/kernels/module/rules/plain.js';

/** The kernels as they are where WebAssembly is missing. */
async function withoutVectors<Kernels extends object>(plainKernels: PlainKernels<Kernels>): Promise<KernelModule<Kernels>> {
  const module = kernelModule('no module', async () => ({ plainKernels }));
  await module.ready();
  return module;
}

/** The kernels of rules in JavaScript. */
export const plainRules = await withoutVectors(rulesInJavaScript);

/** The kernels of networks in JavaScript. */
export const plainNetworks = await withoutVectors(networksInJavaScript);

/** The kernels of circuits in JavaScript. */
export const plainCircuits = await withoutVectors(circuitsInJavaScript);

type Work<Kernels, T> = (kernels: Kernels, arena: Arena<Kernels>) => T;

/** Runs work with SIMD and without, each in a memory of its own. */
function inBothForms<Kernels, T>(
  modules: readonly [KernelModule<Kernels>, KernelModule<Kernels>],
  bytes: number,
  work: Work<Kernels, T>,
): readonly [simd: T, plain: T] {
  const [simd, plain] = [new Arena(bytes, modules[0]), new Arena(bytes, modules[1])];
  return [work(simd.kernels, simd), work(plain.kernels, plain)];
}

/** {@link inBothForms} with the kernels of rules. */
export const both = <T>(bytes: number, work: Work<RuleKernels, T>) => inBothForms([ruleKernels, plainRules], bytes, work);

/** {@link inBothForms} with the kernels of networks. */
export const bothNetworks = <T>(bytes: number, work: Work<NetworkKernels, T>) =>
  inBothForms([networkKernels, plainNetworks], bytes, work);

/** {@link inBothForms} with the kernels of circuits. */
export const bothCircuits = <T>(work: Work<CircuitKernels, T>) => inBothForms([circuitKernels, plainCircuits], 0, work);

/** That what the kernels of rules are given and give is the same, bit by bit, with SIMD and without, in any case. */
export const sameBits = <T>(
  cases: fc.Arbitrary<T>,
  work: (kernels: RuleKernels, arena: Arena<RuleKernels>, given: T) => unknown,
  numRuns = 60,
) =>
  fc.assert(
    fc.property(cases, (given) => {
      const [simd, plain] = both(1 << 21, (kernels, arena) => work(kernels, arena, given));
      expect(plain).toEqual(simd);
    }),
    { numRuns, seed: 1 },
  );

/** The address of a copy of bytes, with room behind them that kernels may read. */
export function placeBytes(arena: Arena<unknown>, bytes: Uint8Array): number {
  const address = arena.take(bytes.length + 64);
  new Uint8Array(arena.memory.buffer, address, bytes.length).set(bytes);
  return address;
}

/** A copy of what lies at an address. */
export const floatsAt = (arena: Arena<unknown>, address: number, length: number): Float32Array =>
  new Float32Array(arena.memory.buffer, address, length).slice();

/** Spikes of a density; with `graded` their sizes differ, and half of them are negative. */
export function sparse(length: number, density: number, graded: boolean, seed: number): Float32Array {
  const [fired, sizes] = [randomUniform(length, fork(seed, 0)), randomUniform(length, fork(seed, 1), -1, 1)];
  return fired.map((value, index) => (value < density ? (graded ? (sizes[index] ?? 0) : 1) : 0));
}
