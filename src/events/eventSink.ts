import { ensure } from '../core/errors.js';
import type { EventColumns, EventRecording } from './recording.js';

/** Events beyond which a recording is read in pieces alone: 1.7 GB of columns. */
const mostEvents = 2 ** 27;

/** Where the readers of formats put what they find. It is emptied by {@link EventSink.take}, once or many times. */
export class EventSink {
  /** How its numbers are meant, see {@link EventRecording}. */
  told = '';
  count = 0;
  #columns: EventColumns = emptyColumns(1024);
  #skipped = new Map<string, number>();
  #sensor: readonly [width: number, height: number] | undefined;
  #limit: readonly [width: number, height: number] = [2 ** 16, 2 ** 16];
  #seen: readonly [width: number, height: number] = [0, 0];
  readonly #where: string;
  readonly #format: string;

  constructor(where: string, format: string) {
    this.#where = where;
    this.#format = format;
  }

  /** Tells the size of the sensor. Events outside of it are skipped. */
  sensor(width: number, height: number): void {
    this.#sensor = [width, height];
    this.#limit = this.#sensor;
  }

  /** Tells which addresses can be, where the size of the sensor isn't known. */
  within(width: number, height: number): void {
    this.#limit = [width, height];
  }

  add(x: number, y: number, p: number, t: number): void {
    if (x >= this.#limit[0] || y >= this.#limit[1]) {
      this.skip('events outside the sensor');
      return;
    }
    if (this.count === this.#columns.x.length) this.#grow();
    const { count } = this;
    this.#columns.x[count] = x;
    this.#columns.y[count] = y;
    this.#columns.p[count] = p;
    this.#columns.t[count] = t;
    this.count = count + 1;
  }

  skip(what: string, count = 1): void {
    if (count > 0) this.#skipped.set(what, (this.#skipped.get(what) ?? 0) + count);
  }

  /** What came since the last time. */
  take(): EventRecording {
    const { x, y, p, t } = this.#columns;
    const count = this.count;
    const columns = { x: x.slice(0, count), y: y.slice(0, count), p: p.slice(0, count), t: t.slice(0, count) };
    this.#seen = [sizeOf(columns.x, this.#seen[0]), sizeOf(columns.y, this.#seen[1])];
    const [width, height] = this.#sensor ?? this.#seen;
    const skipped = Object.fromEntries(this.#skipped);
    this.count = 0;
    this.#skipped = new Map();
    return { format: this.#format, told: this.told, ...columns, unit: 'µs', width, height, skipped };
  }

  #grow(): void {
    const length = 2 * this.count;
    const problem = (): string => `hold more than ${mostEvents} events; read them in pieces by streamEvents`;
    ensure(length <= mostEvents, this.#where, 'bytes', problem);
    const larger = emptyColumns(length);
    for (const name of ['x', 'y', 'p', 't'] as const) larger[name].set(this.#columns[name]);
    this.#columns = larger;
  }
}

const sizeOf = (column: Uint16Array, least: number): number => column.reduce((size, value) => Math.max(size, value + 1), least);

const emptyColumns = (length: number): EventColumns => ({
  x: new Uint16Array(length),
  y: new Uint16Array(length),
  p: new Uint8Array(length),
  t: new Float64Array(length),
});
