import { type Mark, rateOf, withMark } from './rate.js';

/** Times the network's learning: lets it wait for its pace, and tells how fast it really is. */
export class Clock {
  #lastTurn = 0;
  #marks: readonly Mark[] = [];

  /** From now on, and from so many images: what was before doesn't count for the rate. */
  start(images: number): void {
    this.#lastTurn = performance.now();
    this.#marks = [{ time: this.#lastTurn, images }];
  }

  /**
   * Waits until it is time to learn again at a pace.
   *
   * @param milliseconds  between two turns, unless an image takes longer.
   * @param signal        cuts the wait short.
   * @returns how many images it is time for, `Infinity` for as many as there is time for; undefined where the signal came.
   */
  async turn(pace: number, milliseconds: number, signal: AbortSignal): Promise<number | undefined> {
    if (!Number.isFinite(pace)) return pace;
    const each = 1000 / pace;
    await rest(this.#lastTurn + Math.max(each, milliseconds) - performance.now(), signal);
    if (signal.aborted) return undefined;
    const images = Math.max(1, Math.floor((performance.now() - this.#lastTurn) / each));
    this.#lastTurn += images * each;
    return images;
  }

  /** So many images have been learned from. */
  mark(images: number): void {
    this.#marks = withMark(this.#marks, { time: performance.now(), images });
  }

  /** Images a second of late; 0 where nothing was timed. */
  get rate(): number {
    return rateOf(this.#marks);
  }
}

const rest = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted || milliseconds <= 0) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => [clearTimeout(timer), resolve()]);
  });
