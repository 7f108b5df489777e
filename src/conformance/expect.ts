import { mapLeaves, tensorsOf } from '../core/trees.js';

/** A law is broken; the message says how. */
export class Broken extends Error {}

/** Throws unless the condition holds. */
export function expectThat(condition: boolean, problem: () => string): asserts condition {
  if (!condition) throw new Broken(problem());
}

/** All numbers of a tree of tensors, one after the other. */
export async function numbers(tree: unknown): Promise<readonly number[]> {
  const tensors = tensorsOf(tree);
  expectThat(
    tensors.every(({ isDisposed }) => !isDisposed),
    () => 'a tensor is disposed that should still be there',
  );
  const parts = await Promise.all(tensors.map((tensor) => tensor.data()));
  return parts.flatMap((part) => Array.from(part));
}

/** Throws unless both lists agree within `tolerance` (relative above 1; 0 means bit for bit, but for the sign of 0). */
export function expectEqual(actual: readonly number[], expected: readonly number[], tolerance: number, what: string): void {
  expectThat(actual.length === expected.length, () => `${what}: ${actual.length} values, expected ${expected.length}`);
  actual.forEach((value, index) => {
    const wanted = expected[index] ?? Number.NaN;
    const close = Object.is(value, wanted) || Math.abs(value - wanted) <= tolerance * Math.max(1, Math.abs(wanted));
    expectThat(close, () => `${what}: value ${index} is ${value}, expected ${wanted}`);
  });
}

/** What a tree holds and by which names, to see later whether it is still the same: tensors themselves, not their values. */
export function leavesOf(tree: unknown): readonly (readonly [path: string, leaf: unknown])[] {
  const leaves: (readonly [string, unknown])[] = [];
  mapLeaves(tree, (leaf, path) => leaves.push([path.join('.'), leaf]));
  return leaves;
}

/** Throws unless a tree still holds what it held. */
export function expectSameLeaves(tree: unknown, before: ReturnType<typeof leavesOf>, what: string): void {
  const after = leavesOf(tree);
  const changed =
    before.find(([path, leaf], index) => after[index]?.[0] !== path || !Object.is(after[index]?.[1], leaf)) ??
    after[before.length];
  expectThat(changed === undefined, () => `${what}.${changed?.[0]} was replaced`);
}
