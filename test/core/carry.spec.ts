import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayKinds, isKind, kindOf } from '../../src/core/carry/arrays.js';
import { crc32 } from '../../src/core/carry/crc32.js';
import { packCarry } from '../../src/core/carry/packCarry.js';
import { readCarry, restoreTensors, TensorValues } from '../../src/core/carry/tensorValues.js';
import { unpackCarry } from '../../src/core/carry/unpackCarry.js';
import { StdpError } from '../../src/core/errors.js';
import { fork } from '../../src/core/random.js';

/** Typed arrays of every kind over any bytes, so that any NaN is among them. */
const anyArray = fc
  .tuple(fc.constantFrom(...Object.keys(arrayKinds).filter(isKind)), fc.uint8Array({ maxLength: 5 }))
  .map(([kind, seeds]) => {
    const Made = arrayKinds[kind];
    return new Made(
      Uint8Array.from({ length: seeds.length * Made.BYTES_PER_ELEMENT }, (_, at) => (at * 251 + 255) & 0xff).buffer,
    );
  });

const anyTensor = fc
  .tuple(fc.constantFrom('float32' as const, 'int32' as const, 'bool' as const), fc.array(fc.nat(3), { maxLength: 3 }))
  .map(([dtype, shape]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const numbers = Array.from({ length: size }, (_, index) => (dtype === 'bool' ? index % 2 : index - 3));
    const Made = { float32: Float32Array, int32: Int32Array, bool: Uint8Array }[dtype];
    return new TensorValues(dtype, shape, new Made(numbers));
  });

const anyCarry = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(
      fc.double(),
      fc.constantFrom(Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, null, undefined),
      fc.bigInt(),
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      anyArray,
      anyTensor,
      fc.array(fc.double()),
    ),
    fc.array(tie('tree'), { maxLength: 5 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('tree'), { maxKeys: 5, noNullPrototype: true }),
  ),
})).tree;

const bitsOf = (array: ArrayBufferView): readonly number[] =>
  Array.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));

/** As a text in which different bits differ. */
const told = (tree: unknown): string =>
  JSON.stringify(tree, (_, value: unknown) => {
    if (value === undefined) return ['undefined'];
    if (typeof value === 'number' && !Number.isFinite(value)) return ['number', String(value)];
    if (Object.is(value, -0)) return ['number', '-0'];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    return ArrayBuffer.isView(value) ? [kindOf(value), bitsOf(value)] : value;
  });

describe('packCarry and unpackCarry', () => {
  it('bring any carry back, bit for bit', () => {
    fc.assert(
      fc.property(anyCarry, (carry) => {
        const back = unpackCarry(packCarry(carry));
        expect(told(back)).toBe(told(carry));
        expect(back).toStrictEqual(carry);
      }),
    );
  });

  it('refuse any changed byte, and any cut', () => {
    fc.assert(
      fc.property(anyCarry, fc.nat(), fc.integer({ min: 1, max: 255 }), (carry, place, change) => {
        const bytes = packCarry(carry);
        const at = place % bytes.length;
        expect(() => unpackCarry(bytes.map((byte, index) => (index === at ? byte ^ change : byte)))).toThrow(StdpError);
        expect(() => unpackCarry(bytes.subarray(0, at))).toThrow(StdpError);
        expect(() => unpackCarry(Uint8Array.of(...bytes, change))).toThrow(StdpError);
      }),
    );
  });

  it('tell what is wrong with bytes', () => {
    const bytes = packCarry({ w: new Float32Array(9) });
    expect(() => unpackCarry(new Uint8Array(0))).toThrow('unpackCarry: the checkpoint is none: it begins in another way');
    expect(() => unpackCarry(bytes.subarray(0, 9))).toThrow('unpackCarry: the checkpoint is damaged: cut off');
    expect(() => unpackCarry(bytes.subarray(0, 64))).toThrow(
      `unpackCarry: the checkpoint is damaged: 64 bytes of ${bytes.length}`,
    );
    const other = bytes.slice();
    other[8] = 2;
    expect(() => unpackCarry(other)).toThrow('unpackCarry: the checkpoint is of version 2, version 1 is read here');
    const damaged = bytes.map((byte, index) => (index === bytes.length - 9 ? byte ^ 1 : byte));
    expect(() => unpackCarry(damaged)).toThrow("unpackCarry: the checkpoint is damaged: the checksum doesn't fit");
  });

  it('read bytes wherever they lie, and give arrays of their own', () => {
    const bytes = packCarry({ w: Float32Array.of(1, 2) });
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    const back = unpackCarry(shifted);
    shifted.fill(0);
    expect(back).toEqual({ w: Float32Array.of(1, 2) });
  });

  it('keep generators, and records whose names mean something to JavaScript', () => {
    const carry = { random: fork(3, 1), seed: 2 ** 53 - 1, ...JSON.parse('{"__proto__": {"toJSON": 1}, "constructor": [[]]}') };
    expect(told(unpackCarry(packCarry(carry)))).toBe(told(carry));
  });

  const endless: { inside?: unknown } = {};
  endless.inside = [endless];
  it.each<[string, unknown, string]>([
    ['a function', { a: [1, { b: () => 1 }] }, "carry.a.1.b is a function, which can't be kept"],
    ['an object of a class', { when: new Date(0) }, "carry.when is {  }, which can't be kept"],
    ['a symbol', [Symbol('a')], "carry.0 is Symbol(a), which can't be kept"],
    ['a view without a kind', { view: new DataView(new ArrayBuffer(8)) }, 'carry.view is DataView of 8 bytes'],
    ['itself', endless, 'carry.inside.0 lies within itself, or is more than 64 levels deep'],
  ])('refuse %s', (_, carry, problem) => {
    expect(() => packCarry(carry)).toThrow(`packCarry: ${problem}`);
  });

  it('take tensors once they were read, and give them back', async () => {
    const carry = {
      w: tf.tensor2d([[0.1, Number.NaN, -0]]),
      list: [tf.tensor1d([1, -7], 'int32'), tf.scalar(true, 'bool'), 4],
      none: tf.zeros([0, 3]),
    };
    expect(() => packCarry(carry)).toThrow('packCarry: carry.w is a tensor that was not read: await readCarry(carry) first');
    const back = restoreTensors(unpackCarry(packCarry(await readCarry(carry))));
    const [now, before] = [await readCarry(back), await readCarry(carry)];
    expect(told(now)).toBe(told(before));
    expect((back as typeof carry).w).toBeInstanceOf(tf.Tensor);
    await expect(readCarry({ a: [tf.tensor(['text'])] })).rejects.toThrow('readCarry: carry.a.0 has dtype string');
    const gone = tf.scalar(1);
    gone.dispose();
    await expect(readCarry({ gone })).rejects.toThrow('readCarry: carry.gone was disposed');
    await expect(readCarry(endless)).rejects.toThrow('readCarry: carry.inside.0 lies within itself');
  });
});

describe('crc32', () => {
  it('is that of zip', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new Uint8Array(0))).toBe(0);
    const long = Uint8Array.from({ length: 1003 }, (_, index) => (index * 7) & 0xff);
    expect(crc32(long)).toBe(bitByBit(long));
  });
});

function bitByBit(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
