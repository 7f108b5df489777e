import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StdpError } from '../../src/core/errors.js';
import { readEvents } from '../../src/events/readEvents.js';
import type { EventRecording } from '../../src/events/recording.js';
import { streamEvents } from '../../src/events/streamEvents.js';
import { type Event, formats } from './writers.js';

/** How many damaged files of each format: `npm run fuzz` asks for more. */
const cases = Number(import.meta.env['FORMAT_CASES'] ?? 400);
const seed = Number(import.meta.env['CALLS_SEED'] ?? 1);

const events: readonly Event[] = Array.from({ length: 40 }, (_, index) => [
  (7 * index) % 34,
  (5 * index) % 34,
  index % 2,
  90 * index,
]);

/** What happens to a file: bytes are changed, from one to four as a word; then it may be cut, or part of it repeated. */
const damage = fc.record({
  changes: fc.array(
    fc.record({
      at: fc.nat(),
      bytes: fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.constant(Uint8Array.of(255, 255, 255, 127))),
    }),
    { maxLength: 3 },
  ),
  cut: fc.option(fc.nat()),
  repeated: fc.option(fc.tuple(fc.nat(), fc.nat(64))),
});

function damaged(
  file: Uint8Array,
  { changes, cut, repeated }: typeof damage extends fc.Arbitrary<infer Damage> ? Damage : never,
): Uint8Array {
  const bytes = Uint8Array.from(file);
  for (const change of changes)
    bytes.set(change.bytes.subarray(0, bytes.length - (change.at % bytes.length)), change.at % bytes.length);
  const whole = bytes.subarray(0, cut === null ? bytes.length : cut % (bytes.length + 1));
  if (repeated === null || whole.length === 0) return whole;
  const begin = repeated[0] % whole.length;
  return Uint8Array.of(...whole.subarray(0, begin + repeated[1]), ...whole.subarray(begin));
}

/** The events, or the refusal. */
function outcome(file: Uint8Array): EventRecording | StdpError {
  try {
    return readEvents(file);
  } catch (reason) {
    if (reason instanceof StdpError) return reason;
    throw reason;
  }
}

async function streamed(file: Uint8Array): Promise<number | StdpError> {
  let count = 0;
  try {
    for await (const { t } of streamEvents(new Blob([file as Uint8Array<ArrayBuffer>]).stream())) count += t.length;
    return count;
  } catch (reason) {
    if (reason instanceof StdpError) return reason;
    throw reason;
  }
}

it.each(formats)('$name: a damaged file gives events on its sensor, or one line that names the byte', async ({ write }) => {
  const file = write(events);
  const counts = { events: 0, refusals: 0 };
  await fc.assert(
    fc.asyncProperty(damage, async (done) => {
      const bytes = damaged(file, done);
      const read = outcome(bytes);
      if (read instanceof StdpError) {
        counts.refusals++;
        expect(read.message).toMatch(/^readEvents: bytes at \d+( \([A-Z-]+[^)]*\))?: .+$/);
        expect(read.message).not.toContain('\n');
      } else {
        counts.events++;
        expect(read.t.length).toBeLessThan(16 * bytes.length);
        expect(Math.max(-1, ...read.x)).toBeLessThan(read.width || 1);
        expect(Math.max(-1, ...read.y)).toBeLessThan(read.height || 1);
        expect(read.t.every(Number.isFinite)).toBe(true);
      }
      if (counts.events % 8 === 0)
        expect(await streamed(bytes)).toEqual(read instanceof StdpError ? expect.any(StdpError) : read.t.length);
    }),
    { numRuns: cases, seed },
  );
  expect(counts.events).toBeGreaterThan(0);
  expect(counts.refusals).toBeGreaterThan(0);
});
