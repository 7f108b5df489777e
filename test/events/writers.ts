import { at } from '../../src/core/at.js';

/** An event as it is written: x, y, p, t. */
export type Event = readonly [x: number, y: number, p: number, t: number];

/** Bytes of numbers of given sizes, little-endian. */
export class Writer {
  #bytes: number[] = [];
  readonly #isLittle: boolean;

  constructor(isLittle = true) {
    this.#isLittle = isLittle;
  }

  get length(): number {
    return this.#bytes.length;
  }

  text(text: string): this {
    return this.bytes(new TextEncoder().encode(text));
  }

  bytes(bytes: Iterable<number>): this {
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  number(value: number, size: number): this {
    const bytes = Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** index) & 0xff);
    return this.bytes(this.#isLittle ? bytes : bytes.reverse());
  }

  words(...values: readonly number[]): this {
    for (const value of values) this.number(value, 4);
    return this;
  }

  done(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

const aedat2Header = (chip: string): string => `#!AER-DAT2.0\r\n# This is a raw AE data file\r\n# AEChip: ${chip}\r\n`;

export function dvs128(events: readonly Event[], header = aedat2Header('ch.unizh.ini.jaer.chip.retina.DVS128')): Uint8Array {
  const file = new Writer(false).text(header);
  for (const [x, y, p, t] of events) file.words((y << 8) | (x << 1) | p, t);
  return file.done();
}

export function davis(events: readonly Event[]): Uint8Array {
  const file = new Writer(false).text(aedat2Header('eu.seebetter.ini.chips.davis.DAVIS240C'));
  for (const [x, y, p, t] of events) file.words(y * 2 ** 22 + (x << 12) + (p << 11), t);
  return file.done();
}

/** Packets of up to so many events. */
export function aedat31(events: readonly Event[], together = 3): Uint8Array {
  const file = new Writer().text('#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n');
  for (let begin = 0; begin < events.length; ) {
    const overflow = Math.floor(at(events, begin)[3] / 2 ** 31);
    const packet = events.slice(begin, begin + together).filter(([, , , t]) => Math.floor(t / 2 ** 31) === overflow);
    file.number(1, 2).number(1, 2).words(8, 4, overflow, packet.length, packet.length, packet.length);
    for (const [x, y, p, t] of packet) file.words(x * 2 ** 17 + (y << 2) + (p << 1) + 1, t % 2 ** 31);
    begin += packet.length;
  }
  return file.done();
}

/** How a packet is packed: the number that the header has for it, and by what. */
export interface Packing {
  readonly method: number;
  readonly pack: (bytes: Uint8Array) => Uint8Array;
}

export const plainly: Packing = { method: 0, pack: (bytes) => bytes };

/** A frame of LZ4 with checksums and sizes, whose one block has nothing but literals. */
export const asLiterals: Packing = {
  method: 1,
  pack(bytes) {
    const rest = bytes.length - 15;
    const lengths =
      rest < 0 ? [bytes.length << 4] : [0xf0, ...Array.from({ length: Math.floor(rest / 255) }, () => 255), rest % 255];
    const frame = new Writer().words(0x184d2204).bytes([0x5c, 0x40]).number(bytes.length, 8).number(0, 1);
    return frame
      .words(lengths.length + bytes.length)
      .bytes(lengths)
      .bytes(bytes)
      .words(0, 0, 0)
      .done();
  },
};

/** A frame of ZSTD whose one block is as it was. */
export const asOneBlock: Packing = {
  method: 3,
  pack: (bytes) =>
    new Writer()
      .words(0xfd2fb528)
      .bytes([0, 0x58])
      .number(8 * bytes.length + 1, 3)
      .bytes(bytes)
      .done(),
};

export function aedat4(events: readonly Event[], { method, pack }: Packing = plainly, together = 3): Uint8Array {
  const xml = `<dv version="2.0"><node name="outInfo"><node name="7"><attr key="typeIdentifier" type="string">TRIG</attr></node>
    <node name="0"><attr key="typeIdentifier" type="string">EVTS</attr><node name="info">
    <attr key="sizeX" type="int">320</attr><attr key="sizeY" type="int">240</attr></node></node></node></dv>`;
  const packets = new Writer().words(7, 3).bytes([1, 2, 3]);
  for (let begin = 0; begin < events.length; begin += together) {
    const packed = pack(eventPacket(events.slice(begin, begin + together)));
    packets.words(0, packed.length).bytes(packed);
  }
  const head = fileHead(method, 0, xml).length;
  const end = 14 + head + packets.length;
  return new Writer()
    .text('#!AER-DAT4.0\r\n')
    .bytes(fileHead(method, end, xml))
    .bytes(packets.done())
    .text('the table')
    .done();
}

/** The flat buffer of the file: a table whose fields are a method, a position and a text. */
function fileHead(method: number, end: number, xml: string): Uint8Array {
  const table = new Writer().words(20).text('IOHE').number(0, 2);
  table.number(10, 2).number(20, 2).number(4, 2).number(8, 2).number(16, 2); // its fields, at 10
  table.words(10, method).number(end, 8).words(4, xml.length).text(xml);
  return new Writer().words(table.length).bytes(table.done()).done();
}

function eventPacket(events: readonly Event[]): Uint8Array {
  const table = new Writer()
    .words(16)
    .text('EVTS')
    .number(6, 2)
    .number(8, 2)
    .number(4, 2)
    .number(0, 2)
    .words(8, 4, events.length);
  for (const [x, y, p, t] of events) table.number(t, 8).number(x, 2).number(y, 2).words(p);
  return new Writer().words(table.length).bytes(table.done()).done();
}

export function dat(events: readonly Event[]): Uint8Array {
  const file = new Writer().text('% Data file containing CD events.\n% Version 2\n% Width 304\n% Height 240\n').bytes([12, 8]);
  for (const [x, y, p, t] of events) file.words(t % 2 ** 32, p * 2 ** 28 + y * 2 ** 14 + x);
  return file.done();
}

export function evt2(events: readonly Event[], header = '% evt 2.0\n'): Uint8Array {
  const file = new Writer().text(header);
  let last = -1;
  for (const [x, y, p, t] of events) {
    const high = Math.floor(t / 64);
    if (high !== last) file.words(0x8 * 2 ** 28 + (high % 2 ** 28));
    last = high;
    file.words(p * 2 ** 28 + (t % 64) * 2 ** 22 + x * 2 ** 11 + y);
  }
  return file.done();
}

/** Each event in words of its own: TIME_HIGH where it changes, TIME_LOW, ADDR_Y, ADDR_X. */
export function evt3(events: readonly Event[], header = '% evt 3.0\n% format EVT3;height=720;width=1280\n% end\n'): Uint8Array {
  const file = new Writer().text(header);
  let last = -1;
  for (const [x, y, p, t] of events) {
    const high = Math.floor(t / 4096);
    if (high !== last) file.number(0x8000 + (high % 4096), 2);
    last = high;
    file
      .number(0x6000 + (t % 4096), 2)
      .number(y, 2)
      .number(0x2000 + p * 0x800 + x, 2);
  }
  return file.done();
}

/** Later than 2²³ µs there is no writing. */
export function nmnist(events: readonly Event[]): Uint8Array {
  const file = new Writer(false);
  for (const [x, y, p, t] of events) file.bytes([x, y]).number(p * 2 ** 23 + t, 3);
  return file.done();
}

/** Every format, with what fits in its files. */
export const formats: readonly {
  readonly name: string;
  readonly write: (events: readonly Event[]) => Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly latest: number;
}[] = [
  { name: 'AEDAT 2.0 (DVS128)', write: (events) => dvs128(events), width: 128, height: 128, latest: 2 ** 31 },
  { name: 'AEDAT 2.0 (DAVIS)', write: davis, width: 240, height: 180, latest: 2 ** 31 },
  { name: 'AEDAT 3.1', write: (events) => aedat31(events), width: 128, height: 128, latest: 2 ** 40 },
  { name: 'AEDAT 4.0', write: (events) => aedat4(events), width: 320, height: 240, latest: 2 ** 52 },
  { name: 'AEDAT 4.0 (LZ4)', write: (events) => aedat4(events, asLiterals), width: 320, height: 240, latest: 2 ** 52 },
  { name: 'AEDAT 4.0 (ZSTD)', write: (events) => aedat4(events, asOneBlock), width: 320, height: 240, latest: 2 ** 52 },
  { name: 'DAT', write: dat, width: 304, height: 240, latest: 2 ** 32 },
  { name: 'EVT 2.0', write: (events) => evt2(events), width: 2048, height: 2048, latest: 2 ** 34 },
  { name: 'EVT 3.0', write: (events) => evt3(events), width: 1280, height: 720, latest: 2 ** 24 },
  { name: 'N-MNIST', write: nmnist, width: 34, height: 34, latest: 2 ** 23 },
];
