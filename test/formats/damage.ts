import fc from 'fast-check';
import { expect } from 'vitest';
import { StdpError } from '../../src/core/errors.js';

/** Whether the bytes are read or refused in one line. */
export async function outcome(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): Promise<'read' | 'refused'> {
  try {
    await read(bytes);
    return 'read';
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    expect(reason.message).toMatch(/^(read\w+|parse\w+|decodePicture|stateFromBytes): [^\n]{3,400}$/);
    return 'refused';
  }
}

/** How often more is tried than a test has time for (`npm run fuzz` sets it). */
export const numRuns = Number(import.meta.env['FORMAT_CASES'] ?? 300);
export const seed = Number(import.meta.env['CALLS_SEED'] ?? 1);

const edit = fc.record({
  at: fc.nat(),
  byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 0xff)),
  kind: fc.constantFrom('set', 'cut', 'double'),
});

/** What is done to a file: a byte set, some cut out, or some of them repeated, one change after the other. */
export const edits = fc.array(edit, { minLength: 1, maxLength: 6 });

type Edits = typeof edits extends fc.Arbitrary<infer T> ? T : never;

export const edited = (whole: Uint8Array, made: Edits): Uint8Array =>
  made.reduce((now: Uint8Array, { at, byte, kind }) => {
    const place = now.length === 0 ? 0 : at % now.length;
    const before = now.subarray(0, place);
    if (kind === 'set') return Uint8Array.of(...before, byte, ...now.subarray(place + 1));
    return Uint8Array.of(...before, ...now.subarray(kind === 'cut' ? place + 1 + (byte % 16) : Math.max(0, place - byte)));
  }, whole);
