import type { EventInput, Reading } from './eventInput.js';
import type { EventSink } from './eventSink.js';

/**
 * Which way AEDAT 2.0 is read, whose files don't say.
 *
 * @property view  `'stored'`: x and polarity as they stand in the file. `'jaer'`: as jAER shows them, x mirrored and for the DVS128
 *                 ON where the stored bit is 0. Default `'stored'`.
 */
export interface ReadEventsOptions {
  readonly view: 'stored' | 'jaer';
}

/**
 * A format of recordings.
 *
 * @property begins  whether a recording that begins so is in this format.
 * @property read    puts its events where they belong.
 */
export interface EventFormat {
  readonly name: string;
  readonly begins: (head: Uint8Array) => boolean;
  readonly read: (input: EventInput, events: EventSink, options: ReadEventsOptions) => Reading;
}
