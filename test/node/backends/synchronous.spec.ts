import { expect, it } from 'vitest';
import { sources } from '../../docstrings.js';

it('nothing reads a tensor while the caller waits: WebGPU has no such way', () => {
  const reads = /\b(dataSync|arraySync|bufferSync|\.buffer\(\)|readSync)\b/;
  const tensors = sources.filter(([, text]) => !text.includes("from 'node:fs'")); // whose readSync is of files
  expect(tensors.filter(([, text]) => reads.test(text)).map(([file]) => file)).toEqual([]);
});
