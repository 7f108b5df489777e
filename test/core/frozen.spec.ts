import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { frozen, frozenCopy } from '../../src/core/frozen.js';

const tree = () => ({ list: [1, { deep: 2 }], record: { text: 'a', none: null }, typed: new Float32Array(2) });
/** The tree and all records and lists in it, but for the typed array. */
const branches = ({ list, record }: ReturnType<typeof tree>) => [list, list[1], record];

describe('a frozen tree', () => {
  it('is the same one, closed to its last record and list; typed arrays and tensors stay open', () => {
    const [given, tensor] = [tree(), tf.scalar(1)];
    expect(frozen(given)).toBe(given);
    expect([given, ...branches(given)].map(Object.isFrozen)).toEqual([true, true, true, true]);
    expect([frozen(tensor), tensor].map(Object.isFrozen)).toEqual([false, false]);
    given.typed[0] = 3;
    expect(given.typed[0]).toBe(3);
    expect(['text', 5, null, undefined].map(frozen)).toEqual(['text', 5, null, undefined]);
  });

  it('is a copy where the caller keeps his own open, and itself where it is frozen already', () => {
    const copied = <T>(part: T): T => frozenCopy(part, 'here', 'it');
    const given = tree();
    const copy = copied(given);
    expect(copy).toEqual(given);
    expect([copy, ...branches(copy)].map(Object.isFrozen)).toEqual([true, true, true, true]);
    expect([given, ...branches(given)].map(Object.isFrozen)).toEqual([false, false, false, false]);
    expect([copied(copy) === copy, copied(given.list) === given.list]).toEqual([true, false]);
  });

  it('is 64 levels deep and no deeper', () => {
    const nested = (levels: number): object => (levels === 0 ? {} : { own: nested(levels - 1) });
    expect(frozenCopy(nested(64), 'here', 'it')).toEqual(nested(64));
    expect(() => frozenCopy(nested(65), 'here', 'it')).toThrow('here: it lies within itself, or is more than 64 levels deep');
  });
});
