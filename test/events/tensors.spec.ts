import { describe, expect, it } from 'vitest';
import { binEvents } from '../../src/events/binEvents.js';
import { denoiseEvents } from '../../src/events/denoiseEvents.js';
import { downscaleEvents } from '../../src/events/downscaleEvents.js';
import type { EventList } from '../../src/events/eventList.js';
import { timeSurface } from '../../src/events/timeSurface.js';
import type { Event } from './writers.js';

const list = (events: readonly Event[], width = 2, height = 1): EventList => ({
  x: Uint16Array.from(events, ([x]) => x),
  y: Uint16Array.from(events, ([, y]) => y),
  p: Uint8Array.from(events, ([, , p]) => p),
  t: Float64Array.from(events, ([, , , t]) => t),
  width,
  height,
});
const events = list([
  [0, 0, 1, 100],
  [0, 0, 1, 150],
  [1, 0, 0, 199],
  [1, 0, 1, 200],
  [0, 0, 0, 299],
]);

describe('binEvents', () => {
  it('cuts time into steps from the first event on', async () => {
    const spikes = binEvents(events, { steps: 2, stepMicroseconds: 100 });
    expect(await spikes.array()).toEqual([
      [
        [
          [0, 1],
          [1, 0],
        ],
      ],
      [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    ]);
    const counts = binEvents(events, { steps: 2, duration: 200, counts: true });
    expect(await counts.array()).toEqual([
      [
        [
          [0, 2],
          [1, 0],
        ],
      ],
      [
        [
          [1, 0],
          [0, 1],
        ],
      ],
    ]);
  });

  it('has room for all events where no length is told', async () => {
    const counts = binEvents(events, { steps: 3, counts: true });
    expect(Array.from(await counts.data()).reduce((sum, count) => sum + count, 0)).toBe(5);
  });

  it('leaves out what comes before the start and after the end', async () => {
    const spikes = binEvents(events, { steps: 1, start: 160, stepMicroseconds: 50, counts: true });
    expect(await spikes.array()).toEqual([
      [
        [
          [0, 0],
          [1, 1],
        ],
      ],
    ]);
  });

  it.each([
    ['on', [[2], [1]]],
    ['off', [[1], [1]]],
    ['merged', [[3], [2]]],
  ] as const)('takes polarity %s in one channel', async (polarity, wanted) => {
    expect(await binEvents(events, { steps: 1, polarity, counts: true }).array()).toEqual([[wanted]]);
  });

  it('refuses two lengths, and more than fits in memory', () => {
    expect(() => binEvents(events, { steps: 2, duration: 1, stepMicroseconds: 1 })).toThrow(
      'binEvents: duration is told by stepMicroseconds already; give one of them',
    );
    expect(() => binEvents({ ...events, width: 2 ** 16, height: 2 ** 16 }, { steps: 1 })).toThrow('more than fit in memory');
    expect(() => binEvents({ ...events, width: 1 }, { steps: 1 })).toThrow('binEvents: events.x has 1 at 2, must be below 1');
  });
});

it('timeSurface: the latest event of each pixel fades', async () => {
  const surface = timeSurface(events, { tauMicroseconds: 50, at: 200 });
  const [first, second, third, fourth] = await surface.data();
  expect([first, fourth]).toEqual([0, 1]);
  expect(second).toBeCloseTo(Math.exp(-1));
  expect(third).toBeCloseTo(Math.exp(-1 / 50));
  expect(surface.shape).toEqual([1, 2, 2]);
});

it('downscaleEvents: pixels become one, the last ones too', () => {
  const { x, y, width, height } = downscaleEvents(
    list(
      [
        [4, 2, 1, 0],
        [3, 0, 1, 1],
      ],
      5,
      3,
    ),
    2,
  );
  expect([[...x], [...y], width, height]).toEqual([[2, 1], [1, 0], 3, 2]);
});

it('denoiseEvents: what has no neighbour in time goes', () => {
  const noisy = list(
    [
      [0, 0, 1, 0],
      [0, 0, 1, 1],
      [1, 1, 0, 50],
      [5, 0, 1, 60],
      [0, 1, 1, 200],
      [1, 2, 1, 100],
    ],
    6,
    3,
  );
  expect([...denoiseEvents(noisy, 100).t]).toEqual([50, 100]);
});
