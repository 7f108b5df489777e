import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../../src/events/readEvents.js';
import { type Event, formats } from './writers.js';

/** Events in order of time. */
const eventsOf = (width: number, height: number, latest: number): fc.Arbitrary<readonly Event[]> =>
  fc
    .array(
      fc.tuple(
        fc.nat(width - 1),
        fc.nat(height - 1),
        fc.nat(1),
        fc.maxSafeNat().map((time) => time % latest),
      ),
      {
        minLength: 1,
        maxLength: 12,
      },
    )
    .map((events) => events.sort(([, , , one], [, , , other]) => one - other));

describe.each(formats)('$name', ({ name, write, width, height, latest }) => {
  it('reads what was written', () => {
    fc.assert(
      fc.property(eventsOf(width, height, latest), (events) => {
        const { x, y, p, t, format, skipped } = readEvents(write(events));
        const read = Array.from(t, (time, index) => [x[index], y[index], p[index], time]);
        expect(read).toEqual(events);
        expect(name.startsWith(format)).toBe(true);
        expect(skipped).toEqual(name.startsWith('AEDAT 4') ? { 'packets of TRIG': 1 } : {});
      }),
      { numRuns: 50, seed: 1 },
    );
  });
});
