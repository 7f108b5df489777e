import { describe, expect, it } from 'vitest';
import { at } from '../../src/core/at.js';
import { describeEvents } from '../../src/events/describeEvents.js';
import { readEvents } from '../../src/events/readEvents.js';
import { aedat4, aedat31, davis, dvs128, evt2, evt3, nmnist, Writer } from './writers.js';

const words = (file: Uint8Array, size: number, ...values: readonly number[]): Uint8Array => {
  const more = new Writer();
  for (const word of values) more.number(word, size);
  return Uint8Array.of(...file, ...more.done());
};
const refusal = (file: Uint8Array): string => {
  try {
    readEvents(file);
  } catch (reason) {
    return String(reason);
  }
  return 'none';
};

describe('AEDAT 2.0', () => {
  it('takes a data byte # for no line of the header', () => {
    // y = 140: the first byte of the address is that of #.
    const events = readEvents(
      davis([
        [21, 140, 1, 5],
        [3, 140, 0, 35],
      ]),
    );
    expect([...events.y]).toEqual([140, 140]);
    expect([...events.t]).toEqual([5, 35]);
  });

  it('knows motion, frames and special events from events', () => {
    const file = new Writer(false).bytes(davis([[21, 3, 1, 5]]));
    file.words(2 ** 31 + 0xc00, 6, 2 ** 31 + 0x400, 7, 0x400, 8).number(9, 3);
    expect(readEvents(file.done()).skipped).toEqual({
      'words of motion': 1,
      'words of frames': 1,
      'special events': 1,
      'trailing bytes': 3,
    });
  });

  it('reads signed times, and goes on where their counter starts anew', () => {
    const times = [2 ** 31 - 2, -(2 ** 31) + 3].map((time) => [1, 2, 1, time] as const);
    expect([...readEvents(dvs128(times)).t]).toEqual([2 ** 31 - 2, 2 ** 31 + 3]);
    expect([
      ...readEvents(
        dvs128([
          [1, 2, 1, 50],
          [1, 2, 1, 20],
        ]),
      ).t,
    ]).toEqual([50, 20]);
  });

  it('shows x and ON as jAER does where it is told', () => {
    const stored = dvs128([[18, 36, 0, 7]]);
    const { x, p, told } = readEvents(stored, { view: 'jaer' });
    expect([x[0], p[0], told]).toEqual([109, 1, 'origin bottom left, ON where the stored bit is 0, x mirrored']);
    const other = readEvents(davis([[18, 36, 0, 7]]), { view: 'jaer' });
    expect([other.x[0], other.p[0]]).toEqual([221, 0]);
  });

  it('refuses chips that it does not know', () => {
    const message = 'its header names no chip that is known (AEChip: … DVS128 or DAVIS…)';
    expect(refusal(dvs128([], '#!AER-DAT2.0\r\n# AEChip: ATIS\r\n'))).toBe(
      `StdpError: readEvents: bytes at 30 (AEDAT 2.0): ${message}`,
    );
  });
});

describe('AEDAT 3.1', () => {
  it('passes over other types of other sizes, and invalid events', () => {
    const file = aedat31([
      [1, 2, 1, 3],
      [4, 5, 0, 6],
    ]);
    const invalid = Uint8Array.from(file);
    const first = file.length - 16;
    invalid[first] = at(file, first) - 1;
    const frames = new Writer()
      .bytes(invalid)
      .number(2, 2)
      .number(1, 2)
      .words(5, 0, 0, 2, 2, 2)
      .bytes(Array.from({ length: 10 }, () => 255));
    const { x, skipped } = readEvents(frames.done());
    expect([...x]).toEqual([4]);
    expect(skipped).toEqual({ 'invalid events': 1, frames: 2 });
  });

  it('adds 2³¹ µs for each overflow', () => {
    expect([
      ...readEvents(
        aedat31([
          [1, 2, 1, 5],
          [1, 2, 1, 3 * 2 ** 31 + 5],
        ]),
      ).t,
    ]).toEqual([5, 3 * 2 ** 31 + 5]);
  });

  it('refuses what is packed in one line, whatever stands there', () => {
    const file = Uint8Array.from(aedat31([[1, 2, 1, 3]]));
    file.set([13, 0x85], 23);
    expect(refusal(file)).toBe(
      'StdpError: readEvents: bytes at 0 (AEDAT 3.1): its events are packed ("Format: \\r\\u0085W"), known is RAW',
    );
  });

  it('says where it is cut', () => {
    const file = aedat31([[1, 2, 1, 3]]);
    const begin = file.length - 36;
    expect(refusal(file.subarray(0, begin + 20))).toBe(
      `StdpError: readEvents: bytes at ${begin} (AEDAT 3.1): the head of a packet takes 28 bytes, 20 are left`,
    );
  });
});

describe('EVT 3.0', () => {
  const empty = evt3([], '% evt 3.0\n');

  it('drops what comes before the first time, and advances the base of vectors', () => {
    // Event; TIME_HIGH 1, TIME_LOW 5; y = 9; base 10 ON; VECT_12 of its first and last; VECT_8 of its second; an event OFF.
    const { x, y, p, t, skipped } = readEvents(words(empty, 2, 0x2801, 0x8001, 0x6005, 9, 0x380a, 0x4801, 0x5002, 0x2003));
    expect([...x]).toEqual([10, 21, 23, 3]);
    expect([...y]).toEqual([9, 9, 9, 9]);
    expect([...p]).toEqual([1, 1, 1, 0]);
    expect([...t]).toEqual([4101, 4101, 4101, 4101]);
    expect(skipped).toEqual({ 'events before the first time': 1 });
  });

  it('takes a small step back for no new start of the counter, and one of all of it for one', () => {
    const low = readEvents(words(empty, 2, 0x8001, 0x6010, 0x2001, 0x600f, 0x2001));
    expect([...low.t]).toEqual([4112, 4111]);
    const high = readEvents(words(empty, 2, 0x8005, 0x2001, 0x8004, 0x2001, 0x8fff, 0x2001, 0x8000, 0x2001));
    expect([...high.t]).toEqual([5, 4, 4095, 4096].map((count) => 4096 * count));
  });
});

describe('EVT 2.0', () => {
  it('drops what comes before the first time, and goes on where the counter starts anew', () => {
    const time = (high: number): number => 0x8 * 2 ** 28 + high;
    const { t, skipped } = readEvents(words(evt2([]), 4, 1, time(2 ** 28 - 1), 1, time(0), 1, 0xa * 2 ** 28));
    expect([...t]).toEqual([64 * (2 ** 28 - 1), 64 * 2 ** 28]);
    expect(skipped).toEqual({ 'events before the first time': 1, triggers: 1 });
  });

  it('is told the size by the header', () => {
    const { width, height, skipped } = readEvents(
      evt2(
        [
          [639, 479, 1, 2],
          [640, 0, 1, 3],
        ],
        '% evt 2.0\n% geometry 640x480\n',
      ),
    );
    expect([width, height]).toEqual([640, 480]);
    expect(skipped).toEqual({ 'events outside the sensor': 1 });
  });
});

it('N-MNIST: row 240 marks an overflow of the time', () => {
  const { t, skipped } = readEvents(
    nmnist([
      [1, 2, 1, 8000],
      [0, 240, 0, 0],
      [1, 2, 1, 5],
    ]),
  );
  expect([...t]).toEqual([8000, 8197]);
  expect(skipped).toEqual({ 'marks of overflow': 1 });
});

it('AEDAT 4.0: a packet may not reach into the table at the end', () => {
  const file = aedat4([[1, 2, 1, 3]]);
  const cut = Uint8Array.from(file);
  const size = cut.length - 'the table'.length - 48 - 4; // of the packet of events
  new DataView(cut.buffer).setInt32(size, 49, true);
  expect(refusal(cut)).toMatch(/AEDAT 4\.0\): a packet of 49 bytes reaches into the table that begins at \d+$/);
});

it('what is no recording is refused by what it begins with', () => {
  const known = 'no recording of events that is known (AEDAT 2.0, AEDAT 3.1, AEDAT 4.0, EVT 2.0, EVT 3.0, DAT, N-MNIST)';
  expect(refusal(new TextEncoder().encode('GIF89a'))).toBe(
    `StdpError: readEvents: bytes at 0: what begins with "GIF89a", ${known}`,
  );
  expect(refusal(new Uint8Array(0))).toBe(`StdpError: readEvents: bytes at 0: nothing is there, ${known}`);
});

it('one line says what was read', () => {
  expect(describeEvents(readEvents(dvs128([])))).toBe(
    'AEDAT 2.0: 0 events on 128 × 128; origin bottom left, ON where the stored bit is 1, x as stored; nothing skipped',
  );
  expect(
    describeEvents(
      readEvents(
        nmnist([
          [0, 1, 1, 10],
          [1, 2, 1, 510_010],
        ]),
      ),
    ),
  ).toBe('N-MNIST: 2 events on 34 × 34 in 0.51 s; origin top left, ON where the stored bit is 1; nothing skipped');
});
