import { quotient, reciprocal } from '../change/buckets';
import { at } from '../lanes';
import { channels, gridColumns, gridRows, height, shift, side, width } from './field';
import { orderWords, sortSpikes } from './spikeOrder';

// What each position of the grid sees of an image in the order of time: a list of sightings, see sightings.ts.

/** Words of the timed views of an image. */
export function timedViewsWords(steps: i32): i32 {
  const inputs = height * width * channels;
  return gridRows() * gridColumns() * (side * side * channels + 1) + orderWords(inputs, steps);
}

/** Where the list of a position begins. */
@inline
export function seenFrom(views: usize, position: i32): usize {
  return at(views, gridRows() * gridColumns() + position * side * side * channels);
}

/** Where it ends. */
@inline
export function seenUntil(views: usize, position: i32): usize {
  return <usize>load<u32>(at(views, position));
}

/** The position on the grid of an output; −1 when it sees nothing but padding. */
@inline
export function positionOf(row: i32, column: i32): i32 {
  const y = row + shift();
  const x = column + shift();
  return y >= 0 && y < gridRows() && x >= 0 && x < gridColumns() ? y * gridColumns() + x : -1;
}

/**
 * Lists what each position sees of an image, in the order of time, at one time in that of places.
 *
 * @param times  [height, width, channels], a byte each, `steps` for never; up to 15 bytes behind them are read.
 * @param views  receives the lists.
 */
export function viewInTime(times: usize, steps: i32, views: usize): void {
  const positions = gridRows() * gridColumns();
  const order = seenFrom(views, positions);
  sortSpikes(height * width * channels, times, steps, order);
  for (let position = 0; position < positions; position++) store<u32>(at(views, position), <u32>seenFrom(views, position));
  const byChannels = reciprocal(channels);
  const byColumns = reciprocal(width);
  for (let t = 0; t < steps; t++) {
    const end = <usize>load<u32>(at(order, t + 1));
    for (let p = <usize>load<u32>(at(order, t)); p < end; p += 4) {
      const place = load<i32>(p);
      const pixel = quotient(place, byChannels);
      const y = quotient(pixel, byColumns);
      const corner = at(views, y * gridColumns() + pixel - y * width);
      showSpike(corner, (((place - pixel * channels + 1) * side * side - 1) << 8) | t);
    }
  }
}

/** Adds a spike to the lists of all positions that see it: from the upper left one, which sees it at its last tap, on. */
@inline
function showSpike(corner: usize, sighting: i32): void {
  const length = at(0, side);
  const line = at(0, gridColumns());
  const last = corner + line * side;
  for (; corner < last; corner += line) {
    const end = corner + length;
    for (let p = corner; p < end; p += 4) {
      const to = load<u32>(p);
      store<i32>(<usize>to, sighting);
      store<u32>(p, to + 4);
      sighting -= 256;
    }
  }
}
