/**
 * What an event camera saw: `x.length` events in the order of the file.
 *
 * @property format   what was read, such as `AEDAT 4.0`.
 * @property told     how its numbers are meant: where the origin is, what counts as ON.
 * @property x        columns.
 * @property y        rows.
 * @property p        polarity: 1 ON (brighter), 0 OFF.
 * @property t        times, µs, as they are stored: since a start of the camera's own, or since 1970.
 * @property unit     of `t`.
 * @property width    columns of the sensor; where the file doesn't tell them, one more than the largest `x`.
 * @property height   rows of the sensor, likewise.
 * @property skipped  how much of what was no event, by name.
 */
export interface EventRecording {
  readonly format: string;
  readonly told: string;
  readonly x: Uint16Array;
  readonly y: Uint16Array;
  readonly p: Uint8Array;
  readonly t: Float64Array;
  readonly unit: 'µs';
  readonly width: number;
  readonly height: number;
  readonly skipped: { readonly [what: string]: number };
}

/** The columns of a recording. */
export type EventColumns = Pick<EventRecording, 'x' | 'y' | 'p' | 't'>;
