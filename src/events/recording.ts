/** What an event camera saw: `x.length` events in the order of the file. */
export interface EventRecording {
  /** What was read, such as `AEDAT 4.0`. */
  readonly format: string;
  /** How its numbers are meant: where the origin is, what counts as ON. */
  readonly told: string;
  /** Columns. */
  readonly x: Uint16Array;
  /** Rows. */
  readonly y: Uint16Array;
  /** Polarity: 1 ON (brighter), 0 OFF. */
  readonly p: Uint8Array;
  /** Times, µs, as they are stored: since a start of the camera's own, or since 1970. */
  readonly t: Float64Array;
  /** Unit of `t`. */
  readonly unit: 'µs';
  /** Columns of the sensor; where the file doesn't tell them, one more than the largest `x`. */
  readonly width: number;
  /** Rows of the sensor, likewise. */
  readonly height: number;
  /** How much of what was no event, by name. */
  readonly skipped: { readonly [what: string]: number };
}

/** The columns of a recording. */
export type EventColumns = Pick<EventRecording, 'x' | 'y' | 'p' | 't'>;
