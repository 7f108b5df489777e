import type { ArrayType } from '../arrays/fileArray.js';

/** The names of types in the format, in its order: files hold the last ones first. */
export const typeNames: { readonly [Type in ArrayType]: string } = {
  bool: 'BOOL',
  uint8: 'U8',
  int8: 'I8',
  int16: 'I16',
  uint16: 'U16',
  float16: 'F16',
  bfloat16: 'BF16',
  int32: 'I32',
  uint32: 'U32',
  float32: 'F32',
  float64: 'F64',
  int64: 'I64',
  uint64: 'U64',
};

/** The types of arrays in that order. */
export const typeOrder = Object.keys(typeNames) as readonly ArrayType[];

/** What stands in a header beside arrays. */
export const metadataName = '__metadata__';

/** The longest header that the format allows, in bytes. */
export const longestHeader = 100_000_000;
