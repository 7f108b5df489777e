import { describe, expect, it } from 'vitest';
import { saccadeLatencies } from '../../src/data/events/saccadeLatencies.js';
import { withTimes } from '../../src/data/events/timesControl.js';
import { readEvents } from '../../src/events/readEvents.js';
import { latencySteps } from '../../src/kernels/host/latencySteps.js';
import { type Event, nmnist } from '../events/writers.js';

const side = 34;
const size = side * side * 6;
const latenciesOf = (events: readonly Event[]): Uint8Array => saccadeLatencies(readEvents(nmnist(events)));
/** What a pixel answers in each channel. */
const pixel = (values: Uint8Array, x: number, y: number): readonly number[] => [
  ...values.subarray((y * side + x) * 6, (y * side + x + 1) * 6),
];

describe('latencies in saccades', () => {
  it('are those of the second event of a pixel and polarity in each of the three', () => {
    const values = latenciesOf([
      [3, 5, 1, 1000],
      [3, 5, 0, 2000],
      [3, 5, 1, 52_500],
      [3, 5, 1, 60_000],
      [3, 5, 0, 106_000],
      [3, 5, 0, 205_000],
      [3, 5, 1, 210_000],
      [3, 5, 1, 210_000],
    ]);
    expect(pixel(values, 3, 5)).toEqual([0, 255 - 127, 255 - Math.floor((254 * 100) / 105), 0, 0, 255]);
    expect(values.filter((value) => value > 0)).toHaveLength(3);
  });

  it('are the latest, not none, where a sample goes on beyond its last saccade', () => {
    expect(
      pixel(
        latenciesOf([
          [0, 0, 1, 330_000],
          [0, 0, 1, 400_000],
        ]),
        0,
        0,
      ),
    ).toEqual([0, 0, 0, 0, 0, 1]);
  });

  it('become steps of which the earliest is the first, and never is none', () => {
    expect([...latencySteps(Uint8Array.of(255, 239, 238, 1, 0), 15)]).toEqual([0, 0, 1, 14, 15]);
    for (const bins of [1, 15, 255]) {
      const steps = latencySteps(
        Uint8Array.from({ length: 255 }, (_, index) => index + 1),
        bins,
      );
      expect([Math.min(...steps), Math.max(...steps)]).toEqual([0, bins - 1]);
    }
  });
});

/** Pixels of two polarities that answer in two saccades of three, here and there. */
const sample: readonly Event[] = Array.from({ length: 400 }, (_, index): Event => {
  const place = (7 * Math.floor(index / 2)) % 150;
  return [place % side, Math.floor(place / side), Math.floor(index / 2) % 2, 700 * index];
}).sort((a, b) => a[3] - b[3]);

/** Spikes of each pixel and polarity. */
const density = (values: Uint8Array): readonly number[] =>
  Array.from({ length: values.length / 3 }, (_, index) => {
    const [place, polarity] = [Math.floor(index / 2), index % 2];
    return [0, 1, 2].filter((saccade) => Number(values[6 * place + 2 * saccade + polarity]) > 0).length;
  });

/** The times of all spikes, saccade and latency, in order. */
const times = (values: Uint8Array): readonly number[] =>
  Array.from(values, (value, index) => (value === 0 ? -1 : 1000 * Math.floor((index % 6) / 2) + value))
    .filter((time) => time >= 0)
    .sort((a, b) => a - b);

describe('controls of times', () => {
  const values = latenciesOf(sample);
  const two = new Uint8Array(2 * size);
  two.set(values);
  two.set(values, size);

  it('shuffled: each pixel and polarity keeps as many spikes, each sample its times, and few spikes keep theirs', () => {
    const shuffled = withTimes(two, size, 'shuffled');
    expect(values.filter((value) => value > 0).length).toBeGreaterThan(100);
    expect(density(shuffled)).toEqual(density(two));
    for (const from of [0, size]) expect(times(shuffled.subarray(from, from + size))).toEqual(times(values));
    const kept = values.filter((value, index) => value > 0 && shuffled[index] === value).length;
    expect(kept).toBeLessThan(values.filter((value) => value > 0).length / 5);
    expect(shuffled.subarray(0, size)).not.toEqual(shuffled.subarray(size));
    expect(withTimes(two, size, 'shuffled')).toEqual(shuffled);
  });

  it('collapsed: every spike is the earliest, where it was', () => {
    const collapsed = withTimes(values, size, 'collapsed');
    expect([...new Set(collapsed)].sort()).toEqual([0, 255]);
    expect(collapsed.map((value) => (value > 0 ? 1 : 0))).toEqual(values.map((value) => (value > 0 ? 1 : 0)));
  });

  it('take samples of no events as they are', () => {
    for (const control of ['shuffled', 'collapsed'] as const)
      expect(withTimes(new Uint8Array(size), size, control)).toEqual(new Uint8Array(size));
  });
});
