import { tensorsOf } from '../core/trees.js';

/** All numbers of a tree of tensors, one after the other. */
export async function numbers(tree: unknown): Promise<readonly number[]> {
  const parts = await Promise.all(tensorsOf(tree).map((tensor) => tensor.data()));
  return parts.flatMap((part) => Array.from(part));
}

/** Throws unless the condition holds. */
export function expectThat(condition: boolean, problem: string): void {
  if (!condition) throw new Error(problem);
}

/** Throws unless both lists agree within `tolerance` (relative above 1; 0 means bit for bit). */
export function expectEqual(actual: readonly number[], expected: readonly number[], tolerance: number, what: string): void {
  expectThat(actual.length === expected.length, `${what}: ${actual.length} values, expected ${expected.length}`);
  actual.forEach((value, index) => {
    const wanted = expected[index] ?? Number.NaN;
    const close = Object.is(value, wanted) || Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
    expectThat(close, `${what}: value ${index} is ${value}, expected ${wanted}`);
  });
}
