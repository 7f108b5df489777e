/** The bytes of a text that scripts/kernels/byteText.mjs wrote. */
export function bytesOf(text: string): ArrayBuffer {
  const bytes = new Uint8Array(text.length);
  let [count, base] = [0, 0];
  for (const character of text) {
    const value = character === '#' ? 52 : character.charCodeAt(0) - 40;
    if (base === 0 && value >= 85) {
      base = 85 * (value - 84);
    } else {
      bytes[count++] = base + value - 3;
      base = 0;
    }
  }
  return bytes.buffer.slice(0, count);
}
