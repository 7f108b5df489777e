import fc from 'fast-check';
import * as library from '../../../src/entries/everything.js';
import { asksForGigabytes, type Call, ownCall } from '../call.js';
import { type Recipe, record, value, values } from '../recipes.js';

const { constantFrom } = fc;

/** Two events on a small sensor: each field is a place for slips. */
const events: Recipe = record({
  format: value('N-MNIST'),
  told: value('origin top left'),
  x: value(Uint16Array.of(1, 2)),
  y: value(Uint16Array.of(0, 1)),
  p: value(Uint8Array.of(1, 0)),
  t: value(Float64Array.of(10, 250)),
  unit: value('µs'),
  width: value(3),
  height: value(2),
  skipped: values({ triggers: 1 }),
});
const file = value(Uint8Array.of(7, 15, 128, 2, 142, 19, 18, 0, 11, 183));

/** What a function makes of events; all else that they have is passed on, whatever it is. */
const columnsOf =
  (change: typeof library.downscaleEvents) =>
  (...args: Parameters<typeof library.downscaleEvents>): library.EventList => {
    const { x, y, p, t, width, height } = change(...args);
    return { x, y, p, t, width, height };
  };

/** Recordings of event cameras, and what is made of them. */
export const eventCalls: readonly Call[] = [
  ownCall('readEvents', constantFrom([file], [file, values({ view: 'jaer' })]), library.readEvents, { without: true }),
  ownCall('streamEvents', constantFrom([value(new Blob()), values({ view: 'jaer' })]), piecesOf, { without: true }),
  ownCall('describeEvents', constantFrom([events]), library.describeEvents, { without: true }),
  ownCall('downscaleEvents', constantFrom([events, value(2)]), columnsOf(library.downscaleEvents), { without: true }),
  ownCall('denoiseEvents', constantFrom([events, value(100)]), columnsOf(library.denoiseEvents), { without: true }),
  ownCall(
    'binEvents',
    constantFrom(
      [events, values({ steps: 3, stepMicroseconds: 100, start: 0, polarity: 'on', counts: true })],
      [events, values({ steps: 2, duration: 1000 })],
    ),
    library.binEvents,
    { skip: asksForGigabytes, without: true },
  ),
  ownCall(
    'timeSurface',
    constantFrom([events, values({ tauMicroseconds: 50, at: 300, polarity: 'merged' })]),
    library.timeSurface,
    {
      without: true,
    },
  ),
];

/** All events of a stream; of a blob its own, made anew for every call. */
async function piecesOf(source: unknown, ...more: readonly never[]): Promise<unknown> {
  const stream = source instanceof Blob ? new Blob([Uint8Array.of(7, 15, 128, 2, 142)]).stream() : source;
  const pieces: unknown[] = [];
  for await (const piece of library.streamEvents(stream as ReadableStream<Uint8Array>, ...more)) pieces.push(piece);
  return pieces;
}
