/** How many images had been learned from at a time in milliseconds. */
export interface Mark {
  readonly time: number;
  readonly images: number;
}

/** Milliseconds of which the rate is told. */
const span = 1000;

/** The marks of the last second, this one included; always the last two, so that there is something to tell. */
export function withMark(marks: readonly Mark[], mark: Mark): readonly Mark[] {
  const recent = marks.filter(({ time }, index) => index === marks.length - 1 || mark.time - time <= span);
  return [...recent, mark];
}

/** Images a second from the first mark to the last; 0 where nothing was timed. */
export function rateOf(marks: readonly Mark[]): number {
  const [first, last] = [marks[0], marks.at(-1)];
  if (first === undefined || last === undefined || last.time === first.time) return 0;
  return ((last.images - first.images) * 1000) / (last.time - first.time);
}
