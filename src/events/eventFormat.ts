import type { EventInput, Reading } from './eventInput.js';
import type { EventSink } from './eventSink.js';

/** Which way AEDAT 2.0 is read, whose files don't say. */
export interface ReadEventsOptions {
  /**
   * `'stored'`: x and polarity as they stand in the file. `'jaer'`: as jAER shows them, x mirrored and for the DVS128 ON where the
   * stored bit is 0. Default `'stored'`.
   */
  readonly view: 'stored' | 'jaer';
}

/** A format of recordings. */
export interface EventFormat {
  readonly name: string;
  /** Whether a recording that begins so is in this format. */
  readonly begins: (head: Uint8Array) => boolean;
  /** Puts its events where they belong. */
  readonly read: (input: EventInput, events: EventSink, options: ReadEventsOptions) => Reading;
}
