import { at } from '../lanes';
import { Projection } from './records';
import { add } from './values';

/** What spikes bring to their targets: the weights, in ascending order of the neurons that fired. */
export function deliver(q: Projection, spikes: usize, count: i32): void {
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) {
    const row = at(q.start, load<i32>(spike));
    if (q.isLarge && spike + 4 < end) fetch(q, at(q.start, load<i32>(spike, 4)));
    const first = <usize>load<u32>(row);
    const last = <usize>load<u32>(row, 4);
    if (q.isWide) deliverWide(q, first, last);
    else if (q.weights === 0) deliverShared(q.target + (first << 1), q.target + (last << 1), q.values, q.weight);
    else deliverOwn(q.target + (first << 1), q.target + (last << 1), q.values, q.weights + (first << 2));
  }
}

/** Reads a word of each line of a row, so that it is on its way while another is delivered. */
@inline
export function fetch(q: Projection, row: usize): void {
  const first = <usize>load<u32>(row);
  const last = <usize>load<u32>(row, 4);
  const bits: usize = q.isWide ? 2 : 1;
  q.seen = touch(q.target + (first << bits), q.target + (last << bits));
  if (q.weights !== 0) q.seen += touch(q.weights + (first << 2), q.weights + (last << 2));
}

@inline
function touch(from: usize, to: usize): i32 {
  let sum: i32 = 0;
  for (let line = from; line < to; line += 64) sum += load<u8>(line);
  return sum;
}

@inline
function word(index: u64): usize {
  return <usize>((index & 0xffff) << 2);
}

/** One weight for all. */
function deliverShared(from: usize, to: usize, values: usize, weight: f32): void {
  let target = from;
  for (; target + 8 <= to; target += 8) {
    const four = load<u64>(target, 0, 2);
    add(values + word(four), weight);
    add(values + word(four >> 16), weight);
    add(values + word(four >> 32), weight);
    add(values + word(four >> 48), weight);
  }
  for (; target < to; target += 2) add(values + ((<usize>load<u16>(target)) << 2), weight);
}

/** A weight of each synapse. */
function deliverOwn(from: usize, to: usize, values: usize, weights: usize): void {
  let target = from;
  let w = weights;
  for (; target + 8 <= to; target += 8, w += 16) {
    const four = load<u64>(target, 0, 2);
    add(values + word(four), load<f32>(w));
    add(values + word(four >> 16), load<f32>(w, 4));
    add(values + word(four >> 32), load<f32>(w, 8));
    add(values + word(four >> 48), load<f32>(w, 12));
  }
  for (; target < to; target += 2, w += 4) add(values + ((<usize>load<u16>(target)) << 2), load<f32>(w));
}

/** To one of more than 65 536 neurons. */
function deliverWide(q: Projection, first: usize, last: usize): void {
  for (let s = first; s < last; s++) {
    const weight = q.weights === 0 ? q.weight : load<f32>(q.weights + (s << 2));
    add(q.values + ((<usize>load<u32>(q.target + (s << 2))) << 2), weight);
  }
}
