import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEvents } from '../../../src/events/readEvents.js';
import type { EventRecording } from '../../../src/events/recording.js';
import { streamEvents } from '../../../src/events/streamEvents.js';
import { unzip } from '../../../src/formats/zip/unzip.js';
import { zipEntries } from '../../../src/formats/zip/zipEntries.js';
import { shared } from '../../shared.js';

/** What is known of a file: see `expected.json`. */
interface Expected {
  readonly n: number;
  readonly first: readonly (readonly number[])[];
  readonly last: readonly (readonly number[])[];
  readonly on: number;
  readonly xmax: number;
  readonly ymax: number;
  readonly sha256: { readonly [column: string]: string };
}

/** A file that lies beside the checkout. */
function sharedFile(name: string): Uint8Array | undefined {
  const path = join(shared('events'), name);
  return existsSync(path) ? new Uint8Array(readFileSync(path)) : undefined;
}

const told = sharedFile('expected.json');
type Views = { readonly asStored: Expected; readonly asJaerShows: Expected };
const expected = (told === undefined ? {} : JSON.parse(Buffer.from(told).toString())) as {
  readonly [name: string]: Expected | Views | undefined;
};

/** The files, with their sizes and what else is in them. */
const files: readonly (readonly [name: string, size: readonly [number, number], skipped: object])[] = [
  ['sample.aedat4', [320, 240], { 'packets of IMUS': 59 }],
  ['sample_nmnist.bin', [34, 34], {}],
  ['sample_ncars.dat', [78, 42], {}],
  ['evt2_expelliarmus.raw', [600, 476], {}],
  ['evt3_expelliarmus.raw', [1280, 720], {}],
  ['davis240c_imu_translBoxes_aedat2.aedat', [240, 180], { 'words of motion': 33_837 }],
  ['dvs128_lapiseira_aedat2.aedat', [128, 128], {}],
  ['dvs128_header_aedat2.aedat', [128, 128], { 'trailing bytes': 6 }],
  ['synthetic_aedat31.aedat', [128, 128], { 'invalid events': 40 }],
];

const event = ({ x, y, p, t }: EventRecording, index: number): readonly unknown[] =>
  [x, y, p, t].map((column) => column.at(index));

const hash = (bytes: ArrayBufferView): string =>
  createHash('sha256')
    .update(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength))
    .digest('hex');

function expectEvents(events: EventRecording, wanted: Expected): void {
  const { x, y, p, t } = events;
  expect(t.length).toBe(wanted.n);
  expect([0, 1, 2].map((index) => event(events, index))).toEqual(wanted.first);
  expect([-3, -2, -1].map((index) => event(events, index))).toEqual(wanted.last);
  expect(p.reduce((sum, value) => sum + value, 0)).toBe(wanted.on);
  const whole = BigInt64Array.from(t, BigInt);
  expect({ x_u16: hash(x), y_u16: hash(y), p_u8: hash(p), t_i64: hash(whole) }).toEqual(wanted.sha256);
}

describe.each(files)('%s', (name, size, skipped) => {
  const bytes = sharedFile(name);
  const wanted = expected[name];

  it.skipIf(bytes === undefined || wanted === undefined)('has the events that are known of it', () => {
    if (bytes === undefined || wanted === undefined) return;
    const stored = readEvents(bytes);
    expect([stored.width, stored.height]).toEqual(size);
    expect(stored.skipped).toMatchObject(skipped);
    expect(stored.skipped).not.toHaveProperty('events outside the sensor');
    expectEvents(stored, 'n' in wanted ? wanted : wanted.asStored);
    if ('asJaerShows' in wanted) expectEvents(readEvents(bytes, { view: 'jaer' }), wanted.asJaerShows);
  });

  it.skipIf(bytes === undefined)('has the same when it comes in pieces', async () => {
    if (bytes === undefined) return;
    const whole = readEvents(bytes);
    let [at, last] = [0, whole];
    for await (const piece of streamEvents(inPieces(bytes, 10_007))) {
      for (const column of ['x', 'y', 'p', 't'] as const)
        expect(Buffer.from(piece[column].buffer).equals(Buffer.from(whole[column].slice(at, at + piece.t.length).buffer))).toBe(
          true,
        );
      at += piece.t.length;
      last = piece;
    }
    expect(at).toBe(whole.t.length);
    expect([last.width, last.height, last.format, last.told]).toEqual([whole.width, whole.height, whole.format, whole.told]);
  });
});

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
}

const headerOnly = sharedFile('sample_header_only.aedat');

it.skipIf(headerOnly === undefined)('sample_header_only.aedat has no event', () => {
  if (headerOnly === undefined) return;
  const { t, width, height, skipped } = readEvents(headerOnly);
  expect([t.length, width, height, skipped]).toEqual([0, 346, 260, {}]);
});

const archive = join(shared('data'), 'nmnist/nmnist-1000-100.zip');

it.skipIf(!existsSync(archive))('the subset of N-MNIST has the events that are known of it', async () => {
  const events = new Map<string, EventRecording>();
  for (const entry of zipEntries(new Uint8Array(readFileSync(archive)), 'test', archive))
    if (entry.name.endsWith('.bin')) events.set(entry.name, readEvents(await unzip(entry, 'test', archive)));
  expect([...events.values()].reduce((sum, { t }) => sum + t.length, 0)).toBe(4_518_827);
  const first = events.get('Train/5/00001.bin');
  if (first === undefined) expect.unreachable('no first sample');
  expect(first.t.length).toBe(4681);
  expect([event(first, 0), event(first, -1)]).toEqual([
    [18, 16, 1, 893],
    [10, 10, 0, 305_924],
  ]);
});
