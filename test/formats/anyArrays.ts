import fc from 'fast-check';
import { arrayOf, bytesOf, countOf, elements, isArrayType } from '../../src/formats/arrays/elements.js';
import type { FileArray, FileArrays } from '../../src/formats/arrays/fileArray.js';

/** Arrays of every type, with any bits in them: NaNs of all kinds, numbers below the least exponent, single values, empty ones. */
export const anyArray: fc.Arbitrary<FileArray> = fc
  .record({
    dtype: fc.constantFrom(...Object.keys(elements).filter(isArrayType)),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
  })
  .chain(({ dtype, shape }) => {
    const length = countOf(shape) * elements[dtype].bytes;
    const byte = dtype === 'bool' ? fc.nat(1) : fc.nat(255);
    return fc.array(byte, { minLength: length, maxLength: length }).map((bytes) => made(dtype, shape, Uint8Array.from(bytes)));
  });

function made(...given: Parameters<typeof arrayOf>): FileArray {
  const array = arrayOf(...given);
  if (array === undefined) throw new Error(`no array: ${String(given)}`);
  return array;
}

const names = fc.oneof(
  fc.constantFrom('w', '__proto__', 'toString', 'layer.1/weight', 'ü', '"', '\\', '10', '2'),
  fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom(...'ab{}[]:,"\\') }),
);

export const anyArrays: fc.Arbitrary<FileArrays> = fc
  .array(fc.tuple(names, anyArray), { maxLength: 4 })
  .map((entries) => Object.fromEntries(entries));

/** Arrays with their bits as numbers: NaNs differ. */
export const bits = (arrays: FileArrays): unknown =>
  Object.entries(arrays)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, array]) => [name, array.dtype, array.shape, array.data.constructor.name, Array.from(bytesOf(array) ?? [])]);
