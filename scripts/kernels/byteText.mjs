// Bytes as text that stands in a module: a byte is one character, or two where it is rare in WebAssembly. What gzip makes of it is an
// eighth smaller than of two digits a byte. src/kernels/module/byteText.ts reads it.

/** Of the characters from ( to ~, but # for the backslash: the last two, } and ~, say that the next one is a byte from 85 or 170 on. */
const character = (value) => String.fromCharCode(value + 40).replace('\\', '#');

/** The bytes as text. They are counted from 253, which begins what SIMD does, so that it and the first 82 take one character. */
export const textOf = (bytes) =>
  Array.from(bytes, (byte) => {
    const value = (byte + 3) % 256;
    if (value < 85) return character(value);
    return value < 170 ? `}${character(value - 85)}` : `~${character(value - 170)}`;
  }).join('');
