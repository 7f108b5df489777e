/**
 * Events of a camera, ready to be played: in the order of their times.
 *
 * @property name  of the file.
 * @property line  what was read, and what was skipped.
 * @property p     1 ON, 0 OFF.
 * @property t     µs since the first event.
 */
export interface Recording {
  readonly name: string;
  readonly line: string;
  readonly width: number;
  readonly height: number;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  readonly p: Uint8Array;
  readonly t: Float64Array;
}

/** What comes of a file: how many events have been read meanwhile, then all of them, or why there are none. */
export type EventsReply =
  | { readonly type: 'reading'; readonly name: string; readonly events: number }
  | { readonly type: 'recording'; readonly recording: Recording }
  | { readonly type: 'refused'; readonly message: string };
