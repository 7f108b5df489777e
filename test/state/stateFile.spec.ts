import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arrayKinds, isKind, kindOf } from '../../src/core/bytes/arrays.js';
import { crc32 } from '../../src/core/bytes/crc32.js';
import { readTensors, TensorValues } from '../../src/core/carry/tensorValues.js';
import { StdpError } from '../../src/core/errors.js';
import { fork } from '../../src/core/random.js';
import { readSafetensors } from '../../src/formats/safetensors/readSafetensors.js';
import { writeSafetensors } from '../../src/formats/safetensors/writeSafetensors.js';
import { revived } from '../../src/state/revived.js';
import { packState, unpackState } from '../../src/state/stateFile.js';

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

const anyState = fc.letrec((tie) => ({
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

/** What bytes hold, as a text, or that they are refused. */
function outcome(bytes: Uint8Array): string {
  try {
    return told(unpackState(bytes));
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    return 'refused';
  }
}

describe('packState and unpackState', () => {
  it('bring any state back, bit for bit', () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const back = unpackState(packState(state));
        expect(told(back)).toBe(told(state));
        expect(back).toStrictEqual(state);
      }),
    );
  });

  it('refuse any changed byte that changes the state, and any cut', () => {
    fc.assert(
      fc.property(anyState, fc.nat(), fc.integer({ min: 1, max: 255 }), (state, place, change) => {
        const bytes = packState(state);
        const at = place % bytes.length;
        const changed = bytes.map((byte, index) => (index === at ? byte ^ change : byte));
        expect(['refused', told(state)]).toContain(outcome(changed));
        expect(() => unpackState(bytes.subarray(0, at))).toThrow(StdpError);
        expect(() => unpackState(Uint8Array.of(...bytes, change))).toThrow(StdpError);
      }),
    );
  });

  it('tell what is wrong with bytes', () => {
    const bytes = packState({ w: new Float32Array(9) });
    const refused = (wrong: Uint8Array, problem: string) =>
      expect(() => unpackState(wrong)).toThrow(`unpackState: the state ${problem}`);
    refused(new Uint8Array(0), 'is truncated: 0 bytes');
    refused(bytes.subarray(0, 64), 'is truncated: 64 bytes');
    refused(
      bytes.map((byte, index) => (index === bytes.length - 9 ? byte ^ 1 : byte)),
      'is damaged: w is not the array that was written',
    );
    const { arrays, metadata } = readSafetensors(bytes);
    const told = { ...metadata };
    refused(writeSafetensors(arrays), 'holds something else than a state of tfjs-stdp');
    refused(
      writeSafetensors(arrays, { ...told, version: '2' }),
      'is of version 2 of states, version 1 is read here: take a newer tfjs-stdp',
    );
    refused(writeSafetensors(arrays, { ...told, version: 'two' }), 'is damaged: its version is no number');
    refused(writeSafetensors(arrays, { ...told, content: '{}' }), "is damaged: the checksum of its metadata doesn't fit");
    refused(writeSafetensors({}, told), 'is damaged: w is not the array that was written');
    const more = { ...arrays, v: { dtype: 'bool', shape: [1], data: Uint8Array.of(1) } } as const;
    refused(writeSafetensors(more, told), 'is damaged: v is not the array that was written');
  });

  it('read bytes wherever they lie, and give arrays of their own', () => {
    const bytes = packState({ w: Float32Array.of(1, 2) });
    const shifted = new Uint8Array(bytes.length + 3).subarray(3);
    shifted.set(bytes);
    const back = unpackState(shifted);
    shifted.fill(0);
    expect(back).toEqual({ w: Float32Array.of(1, 2) });
  });

  it('keep generators, and records whose names mean something to JavaScript', () => {
    const state = { random: fork(3, 1), seed: 2 ** 53 - 1, ...JSON.parse('{"__proto__": {"toJSON": 1}, "constructor": [[]]}') };
    expect(told(unpackState(packState(state)))).toBe(told(state));
  });

  const endless: { inside?: unknown } = {};
  endless.inside = [endless];
  it.each<[string, unknown, string]>([
    ['a function', { a: [1, { b: () => 1 }] }, "state.a.1.b is a function, which can't be kept"],
    ['an object of a class', { when: new Date(0) }, "state.when is {}, which can't be kept"],
    ['a symbol', [Symbol('a')], "state.0 is Symbol(a), which can't be kept"],
    ['a view without a kind', { view: new DataView(new ArrayBuffer(8)) }, 'state.view is DataView of 8 bytes'],
    ['itself', endless, 'state.inside.0 lies within itself, or is more than 64 levels deep'],
  ])('refuse %s', (_, state, problem) => {
    expect(() => packState(state)).toThrow(`packState: ${problem}`);
  });

  it('take tensors once they were read, and give them back', async () => {
    const state = {
      w: tf.tensor2d([[0.1, Number.NaN, -0]]),
      list: [tf.tensor1d([1, -7], 'int32'), tf.scalar(true, 'bool'), 4],
      none: tf.zeros([0, 3]),
    };
    expect(() => packState(state)).toThrow('packState: state.w is a tensor that was not read');
    const back = revived(unpackState(packState(await readTensors(state, 'saveState'))), 'loadState');
    const [now, before] = [await readTensors(back, 'saveState'), await readTensors(state, 'saveState')];
    expect(told(now)).toBe(told(before));
    expect((back as typeof state).w).toBeInstanceOf(tf.Tensor);
    await expect(readTensors({ a: [tf.tensor(['text'])] }, 'saveState')).rejects.toThrow('saveState: state.a.0 has dtype string');
    const gone = tf.scalar(1);
    gone.dispose();
    await expect(readTensors({ gone }, 'saveState')).rejects.toThrow('saveState: state.gone was disposed');
    await expect(readTensors(endless, 'saveState')).rejects.toThrow('saveState: state.inside.0 lies within itself');
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
