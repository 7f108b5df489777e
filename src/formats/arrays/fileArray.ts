/** What holds the values of each type. Of float16 and bfloat16 that is float32, which has every one of their values. */
export interface ArrayData {
  readonly bool: Uint8Array;
  readonly int8: Int8Array;
  readonly uint8: Uint8Array;
  readonly int16: Int16Array;
  readonly uint16: Uint16Array;
  readonly int32: Int32Array;
  readonly uint32: Uint32Array;
  readonly int64: BigInt64Array;
  readonly uint64: BigUint64Array;
  readonly float16: Float32Array;
  readonly bfloat16: Float32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

/** The types of values that files hold and that are read here. */
export type ArrayType = keyof ArrayData;

/**
 * An array as it lies in a file.
 *
 * @property shape  lengths of the axes; `[]` of a single value.
 * @property data   the values, the last axis fastest; of truth values 0 or 1.
 */
export type FileArray = {
  readonly [Type in ArrayType]: { readonly dtype: Type; readonly shape: readonly number[]; readonly data: ArrayData[Type] };
}[ArrayType];

/** The arrays of a file by name. */
export interface FileArrays {
  readonly [name: string]: FileArray;
}
