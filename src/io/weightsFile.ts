import { ensure } from '../core/errors.js';
import type { NamedArrays } from './run.js';
import { parseJson } from './runRecord.js';

interface ArrayEntry {
  readonly name: string;
  readonly length: number;
}

/** Arrays as two files: all numbers as little-endian float32, and their names and sizes as JSON. */
export interface WeightsFiles {
  readonly json: string;
  readonly bin: Buffer;
}

/** What `weights.json` and `weights.bin` hold. */
export function formatWeights(arrays: NamedArrays): WeightsFiles {
  const index: readonly ArrayEntry[] = Array.from(arrays, ([name, values]) => ({ name, length: values.length }));
  return { json: `${JSON.stringify(index, null, 2)}\n`, bin: Buffer.concat([...arrays.values()].map(littleEndian)) };
}

/**
 * The arrays back again.
 *
 * @param folder  for messages.
 * @throws {StdpError} when the files are damaged or don't agree.
 */
export function parseWeights(folder: string, { json, bin }: WeightsFiles, where: string): NamedArrays {
  const entries = parseJson(folder, 'weights.json', json, where);
  ensure(isIndex(entries), where, folder, () => 'has a damaged weights.json: it must be a list of names and lengths');
  const total = entries.reduce((sum, { length }) => sum + 4 * length, 0);
  ensure(bin.length === total, where, folder, () => `has a weights.bin of ${bin.length} bytes, weights.json says ${total}`);
  let offset = 0;
  const arrays = new Map<string, Float32Array>();
  for (const { name, length } of entries) {
    arrays.set(
      name,
      Float32Array.from({ length }, (_, index) => bin.readFloatLE(offset + 4 * index)),
    );
    offset += 4 * length;
  }
  return arrays;
}

const isIndex = (value: unknown): value is readonly ArrayEntry[] =>
  Array.isArray(value) &&
  value.every(
    (entry: Partial<ArrayEntry> | null) =>
      typeof entry?.name === 'string' && Number.isSafeInteger(entry.length) && Number(entry.length) >= 0,
  );

function littleEndian(values: Float32Array): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    bytes.writeFloatLE(value, index * 4);
  });
  return bytes;
}
