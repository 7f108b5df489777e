/**
 * A counter of the camera that starts anew when it is full: its values as times that go on.
 *
 * A step back of about the whole counter is such a start; a smaller one is none, events only come out of order there.
 *
 * @param size  how many values it has.
 * @param slack  how far before its end it may start anew, because values in between had no event.
 */
export function wrappingCounter(size: number, slack: number): (value: number) => number {
  let [last, base] = [Number.NaN, 0];
  return (value) => {
    if (last - value >= size - slack) base += size;
    last = value;
    return base + value;
  };
}
