import type { EventFormat, ReadEventsOptions } from '../eventFormat.js';
import { latin1 } from '../eventInput.js';
import type { EventSink } from '../eventSink.js';
import { sensorNamed } from './chips.js';
import { wrappingCounter } from './counter.js';

/**
 * AEDAT 2.0, as jAER writes it: lines that begin with `#`, then pairs of big-endian 32-bit words, an address and a time in µs, which
 * is signed. What an address means depends on the chip that the header names:
 *
 *     DVS128   p = bit 0,  x = bits 1–7,   y = bits 8–14;  bit 15: special events
 *     DAVIS    p = bit 11, x = bits 12–21, y = bits 22–30; bit 10: special events; bit 31: samples of frames or motion
 *
 * Source: iniVation, "AEDAT file formats"; jAER, DVS128 and DavisBaseCamera.
 */
export const aedat2: EventFormat = {
  name: 'AEDAT 2.0',
  begins: (head) => latin1(head.subarray(0, 12)) === '#!AER-DAT2.0',
  *read(input, events, options) {
    const header = yield* input.header('#', '#End Of ASCII Header');
    const chip = header.find((line) => /^#\s*AEChip:/.test(line)) ?? '';
    const sensor = sensorNamed(chip);
    if (sensor === undefined)
      return input.refuse(input.offset, 'its header names no chip that is known (AEChip: … DVS128 or DAVIS…)');
    events.sensor(...sensor);
    const isDavis = /davis/i.test(chip);
    const address = isDavis ? davisAddress(events, sensor, options) : dvs128Address(events, options);
    const time = wrappingCounter(2 ** 32, 2 ** 20);
    const left = yield* input.words(8, (words) => {
      for (let at = 0; at < words.byteLength; at += 8) address(words.getUint32(at), time(words.getInt32(at + 4)));
    });
    events.skip('trailing bytes', left);
  },
};

type Address = (address: number, time: number) => void;

function dvs128Address(events: EventSink, { view }: ReadEventsOptions): Address {
  const jaer = view === 'jaer' ? 1 : 0;
  const mirror = jaer === 1 ? 127 : 0;
  events.told = `origin bottom left, ON where the stored bit is ${1 - jaer}, x ${jaer === 1 ? 'mirrored' : 'as stored'}`;
  return (address, time) => {
    if ((address & 0x8000) !== 0) events.skip('special events');
    else events.add(((address >>> 1) & 0x7f) ^ mirror, (address >>> 8) & 0x7f, (address & 1) ^ jaer, time);
  };
}

function davisAddress(events: EventSink, [width]: readonly [number, number], { view }: ReadEventsOptions): Address {
  const isJaer = view === 'jaer';
  events.told = `origin bottom left, ON where the stored bit is 1, x ${isJaer ? 'mirrored' : 'as stored'}`;
  return (address, time) => {
    if (address >= 2 ** 31) events.skip((address & 0xc00) === 0xc00 ? 'words of motion' : 'words of frames');
    else if ((address & 0x400) !== 0) events.skip('special events');
    else {
      const x = (address >>> 12) & 0x3ff;
      // What lies outside stays there.
      events.add(isJaer && x < width ? width - 1 - x : x, address >>> 22, (address >>> 11) & 1, time);
    }
  };
}
