import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadData } from '../../src/data/files/loadData.js';
import { aedat31, dvs128, type Event, nmnist } from '../events/writers.js';
import { stdp } from './program.js';

/** A bar, upright or lying, whose pixels answer twice in a saccade. */
const bar = (upright: boolean, shift: number, saccade: number): readonly Event[] =>
  [0, 1].flatMap((again) =>
    Array.from({ length: 20 * 4 }, (_, index): Event => {
      const [along, across] = [7 + Math.floor(index / 4), 12 + shift + (index % 4)];
      const time = 105_000 * saccade + 1000 + 400 * index + 40_000 * again;
      return [upright ? across : along, upright ? along : across, again, time];
    }).flatMap(([x, y, , t]): readonly Event[] => [
      [x, y, 0, t],
      [x, y, 1, t + 100],
    ]),
  );

/** Two classes that differ in their times alone: first an upright bar and then a lying one, or the other way round. */
const sample = (first: string, index: number): Uint8Array => nmnist(eventsOf(first, index));

function eventsOf(first: string, index: number): readonly Event[] {
  const upright = first === 'upright';
  const shift = index % 8;
  const events = [
    ...bar(upright, shift, 0),
    ...bar(!upright, (3 * index) % 8, 1),
    ...bar(true, shift, 2),
    ...bar(false, shift, 2),
  ];
  return events.sort((a, b) => a[3] - b[3]);
}

describe('N-MNIST', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'tfjs-stdp-nmnist-'));
    for (const [part, count] of [
      ['Train', 16],
      ['Test', 8],
    ] as const)
      for (const name of ['lying', 'upright']) {
        mkdirSync(join(folder, 'events', part, name), { recursive: true });
        for (let index = 0; index < count; index++) {
          const file = join(folder, 'events', part, name, `${index}.${index % 2 === 0 ? 'bin' : 'bs2'}`);
          writeFileSync(file, sample(name, index + (part === 'Test' ? 100 : 0)));
        }
      }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const train = async (...args: readonly string[]) => {
    const small = ['layers.0.maps=8', 'layers.0.doubleEvery=4', 'layers.0.threshold=8'].flatMap((setting) => ['--set', setting]);
    const given = [
      'train',
      '--data',
      join(folder, 'events'),
      '--preset',
      'nmnist',
      '--workers',
      '1',
      '--json',
      ...small,
      ...args,
    ];
    const { code, out, err } = await stdp(given, { cwd: folder });
    return { code, err, ...(code === 0 ? JSON.parse(out) : {}) };
  };

  it('is read by class, as latencies in saccades', async () => {
    const { rows, columns, channels, classNames, train, test } = await loadData(join(folder, 'events'));
    expect([rows, columns, channels, classNames]).toEqual([34, 34, 6, ['lying', 'upright']]);
    expect([train.count, test.count, train.pixels.length]).toEqual([32, 16, 32 * 34 * 34 * 6]);
    const [first] = train.labels;
    const lit = [0, 1, 2].map(
      (saccade) => train.pixels.subarray(0, 34 * 34 * 6).filter((v, at) => v > 0 && Math.floor((at % 6) / 2) === saccade).length,
    );
    expect(lit[0]).toBeGreaterThan(0);
    expect(Number(lit[2])).toBeGreaterThan(Number(lit[0]));
    expect([0, 1]).toContain(first);
  });

  it('is learned where times tell the classes apart, and not when they are shuffled; a run is tested again with its own times', async () => {
    const kept = await train('--out', 'kept');
    expect(kept.accuracy).toBe(1);
    const shuffled = await train('--times', 'shuffled', '--out', 'shuffled');
    expect(shuffled.accuracy).toBeLessThan(0.9);
    expect(shuffled.data).toMatchObject({ channels: 6, times: 'shuffled' });
    const { out } = await stdp(['evaluate', 'shuffled', '--workers', '1', '--json'], { cwd: folder });
    expect(JSON.parse(out).accuracy).toBe(shuffled.accuracy);
  });

  it.each([
    [
      'another preset',
      ['--preset', 'quick'],
      /network\.encoder\.input is 'pixels' and needs images, these are latencies of events/,
    ],
    [
      'no data',
      ['--preset', 'nmnist'],
      /network\.encoder\.input is 'latencies' and needs events \(a folder of recordings by class\)/,
    ],
    ['times of images', ['--times', 'shuffled'], /times shuffled: is for events/],
  ])('is refused in one line with %s', async (what, args, message) => {
    const data = what === 'another preset' ? ['--data', join(folder, 'events')] : [];
    const { code, err } = await stdp(['train', ...data, ...args, '--out', 'refused'], { cwd: folder });
    expect(code).toBe(2);
    expect(err).toMatch(message);
    expect(
      err
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('encode')),
    ).toHaveLength(1);
  });

  it('other cameras: recordings of any format by class, thirds of each for saccades, a large sensor scaled down', async () => {
    const place = join(folder, 'dvs');
    for (const name of ['lying', 'upright']) {
      mkdirSync(join(place, name), { recursive: true });
      for (let index = 0; index < 20; index++) {
        const events = eventsOf(name, index).map(([x, y, p, t]): Event => [2 * x, 2 * y, p, 5_000_000 + 10 * t]);
        writeFileSync(join(place, name, `${index}.aedat`), index % 2 === 0 ? dvs128(events) : aedat31(events));
      }
    }
    mkdirSync(join(folder, 'corner', 'one'), { recursive: true });
    const [begin, end]: readonly Event[] = [
      [0, 0, 0, 7000],
      [0, 0, 0, 7000 + 2999],
    ];
    const twice = (t: number): readonly Event[] => [
      [126, 127, 1, t],
      [127, 126, 1, t],
    ];
    writeFileSync(
      join(folder, 'corner', 'one', 'a.aedat'),
      dvs128([begin, ...twice(7500), ...twice(9250), end] as readonly Event[]),
    );
    const { rows, columns, channels, classNames, train: one } = await loadData(join(folder, 'corner'));
    expect([rows, columns, channels, classNames]).toEqual([64, 64, 6, ['one']]);
    expect([...one.pixels.subarray(-6)]).toEqual([0, 255 - 127, 0, 0, 0, 255 - Math.floor(254 / 4)]);
    const { accuracy, data } = await train('--data', place, '--holdout', '0.25', '--out', 'dvs-run');
    expect(data).toMatchObject({ rows: 64, columns: 64, channels: 6 });
    expect(accuracy).toBe(1);
  });

  it('names the sample that is damaged', async () => {
    const damaged = join(folder, 'damaged', 'seven');
    mkdirSync(damaged, { recursive: true });
    writeFileSync(join(damaged, 'a.bin'), sample('lying', 0));
    writeFileSync(join(damaged, 'b.bin'), sample('lying', 0).subarray(0, 502));
    await expect(loadData(join(folder, 'damaged'))).rejects.toThrow(
      /b\.bin at 500 \(N-MNIST\): an event takes 5 bytes, 2 are left/,
    );
    writeFileSync(join(damaged, 'b.bin'), 'no events');
    await expect(loadData(join(folder, 'damaged'))).rejects.toThrow(/b\.bin at 0: what begins with/);
    writeFileSync(join(damaged, 'b.bin'), '');
    await expect(loadData(join(folder, 'damaged'))).rejects.toThrow(/b\.bin at 0: nothing is there/);
  });
});
