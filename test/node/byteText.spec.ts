import { expect, it } from 'vitest';
import { bytesOf } from '../../src/kernels/module/byteText.js';

it('every byte after every other comes back from the text of a module, which stands in quotes as it is', async () => {
  const { textOf } = (await import(`${'../../scripts/kernels/byteText.mjs'}`)) as {
    readonly textOf: (bytes: Uint8Array) => string;
  };
  const bytes = Uint8Array.from({ length: 2 * 256 ** 2 }, (_, at) => (at % 2 === 0 ? at >> 1 : at >> 9));
  const text = textOf(bytes);
  expect(text).toMatch(/^[#(-[\]-~]*$/);
  expect(Buffer.from(bytesOf(text)).equals(bytes)).toBe(true);
});
