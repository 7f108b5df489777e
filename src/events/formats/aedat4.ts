import type { EventFormat } from '../eventFormat.js';
import { type EventInput, latin1, type Reading, viewOf } from '../eventInput.js';
import type { EventSink } from '../eventSink.js';
import { type FlatTable, flatTable } from '../flatbuffer.js';
import { unpackLz4 } from '../packed/lz4.js';
import { unpackZstd } from '../packed/zstd.js';

/** Bytes beyond which no packet is unpacked, and how many times its own size. */
const [mostUnpacked, mostTimes] = [2 ** 26, 256];

/**
 * AEDAT 4.0, as DV writes it: a header in a flat buffer, then packets, each of a stream, packed on its own; a table of them at the end,
 * which has no head of a packet. Events have 16 bytes: the time as 64 bits, µs since 1970; x and y of 16 bits; p in a byte. They are those
 * of the first stream of events.
 *
 * Source: iniVation, "AEDAT 4.0 file format" and dv-processing's flat buffers.
 */
export const aedat4: EventFormat = {
  name: 'AEDAT 4.0',
  begins: (head) => latin1(head.subarray(0, 14)) === '#!AER-DAT4.0\r\n',
  *read(input, events) {
    yield* input.exactly(14, 'the first line');
    const { unpack, end, streams } = yield* fileHeader(input);
    const stream = streams.find(({ type }) => type === 'EVTS');
    if (stream === undefined) return input.refuse(14, 'its header names no stream of events (EVTS)');
    if (stream.sensor !== undefined) events.sensor(...stream.sensor);
    else events.within(2 ** 15, 2 ** 15);
    events.told = 'origin top left, ON where the stored bit is 1';
    for (;;) {
      const head = input.offset === end ? undefined : yield* packetHead(input, end);
      if (head === undefined) return;
      if (head.stream === stream.id) {
        const begin = input.offset;
        const packed = yield* input.exactly(head.size, 'a packet');
        inPlace(input, begin, () => addEvents(unpack(packed), events));
      } else {
        const type = streams.find(({ id }) => id === head.stream)?.type ?? 'no known stream';
        events.skip(`packets of ${type}`);
        yield* input.pass(head.size, 'a packet');
      }
    }
  },
};

type Unpack = (packed: Uint8Array) => Uint8Array;

const limit = ({ length }: Uint8Array): number => Math.min(mostUnpacked, mostTimes * length);

/** By the number that the header tells. */
const unpackers: readonly Unpack[] = [
  (plain) => plain,
  (packed) => unpackLz4(packed, limit(packed)),
  (packed) => unpackLz4(packed, limit(packed)),
  (packed) => unpackZstd(packed, limit(packed)),
  (packed) => unpackZstd(packed, limit(packed)),
];

interface Stream {
  readonly id: number;
  readonly type: string;
  readonly sensor: readonly [width: number, height: number] | undefined;
}

interface FileHeader {
  readonly unpack: Unpack;
  /** Where the table begins; `undefined` where the file was not closed. */
  readonly end: number | undefined;
  readonly streams: readonly Stream[];
}

function* fileHeader(input: EventInput): Reading<FileHeader> {
  const begin = input.offset;
  const size = viewOf(yield* input.exactly(4, 'the size of the header')).getUint32(0, true);
  if (size > 2 ** 20) input.refuse(begin, `a header of ${size} bytes`);
  const bytes = yield* input.exactly(size, 'the header');
  return inPlace(input, begin + 4, () => {
    const table = flatTable(bytes);
    if (table.name !== 'IOHE') throw new Error('0: no header (IOHE)');
    const { view } = table;
    const [packing, position, text] = [table.field(0, 4), table.field(1, 8), table.vector(2, 1)];
    const number = packing === undefined ? 0 : view.getInt32(packing, true);
    const unpack = unpackers[number];
    if (unpack === undefined)
      throw new Error(`0: packets are packed by method ${number}, known are 0 to ${unpackers.length - 1}`);
    const end = position === undefined ? -1 : Number(view.getBigInt64(position, true));
    const xml = text === undefined ? '' : latin1(bytes.subarray(text.begin, text.begin + text.count));
    return { unpack, end: end > 0 ? end : undefined, streams: streamsIn(xml) };
  });
}

/** The streams that the text of the header tells of: each begins by a node named by its number. */
function streamsIn(xml: string): readonly Stream[] {
  return xml.split(/<node name="(?=\d+")/).flatMap((node) => {
    const id = /^\d+/.exec(node)?.[0];
    const told = (key: string): string | undefined => new RegExp(`<attr key="${key}"[^>]*>([^<]*)<`).exec(node)?.[1];
    const type = told('typeIdentifier');
    if (id === undefined || type === undefined) return [];
    const [width, height] = [Number(told('sizeX')), Number(told('sizeY'))];
    const isSize = (size: number): boolean => size > 0 && size <= 2 ** 15;
    return [{ id: Number(id), type, sensor: isSize(width) && isSize(height) ? ([width, height] as const) : undefined }];
  });
}

/** The head of the next packet; `undefined` at the end of a file that was not closed. */
function* packetHead(
  input: EventInput,
  end: number | undefined,
): Reading<{ readonly stream: number; readonly size: number } | undefined> {
  const begin = input.offset;
  const bytes = yield* input.upTo(8);
  if (bytes.length === 0 && end === undefined) return undefined;
  if (bytes.length < 8) input.refuse(begin, `the head of a packet takes 8 bytes, ${bytes.length} are left`);
  const words = viewOf(bytes);
  const [stream, size] = [words.getInt32(0, true), words.getInt32(4, true)];
  if (size < 0) input.refuse(begin, `no packet: stream ${stream}, ${size} bytes`);
  if (end !== undefined && input.offset + size > end)
    input.refuse(begin, `a packet of ${size} bytes reaches into the table that begins at ${end}`);
  return { stream, size };
}

function addEvents(bytes: Uint8Array, events: EventSink): void {
  const table: FlatTable = flatTable(bytes.subarray(4));
  if (table.name !== 'EVTS') throw new Error('0: no packet of events (EVTS)');
  const { view } = table;
  const vector = table.vector(0, 16);
  if (vector === undefined) return;
  const end = vector.begin + 16 * vector.count;
  for (let at = vector.begin; at < end; at += 16) {
    const time = view.getUint32(at, true) + view.getInt32(at + 4, true) * 2 ** 32;
    if (!Number.isSafeInteger(time)) throw new Error(`${at}: a time of more than 2⁵³ µs`);
    events.add(view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint8(at + 12) & 1, time);
  }
}

/** What `work` gives. What it can't take, `<byte>: problem`, is refused where that stands in the file. */
function inPlace<T>(input: EventInput, begin: number, work: () => T): T {
  try {
    return work();
  } catch (reason) {
    const [, at, problem] = (reason instanceof Error && /^(\d+): (.*)$/.exec(reason.message)) || [];
    if (at === undefined || problem === undefined) throw reason;
    return input.refuse(begin, `byte ${at} of what begins here: ${problem}`);
  }
}
