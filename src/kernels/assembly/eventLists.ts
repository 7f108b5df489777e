import { at } from './lanes';
import { activeOf64, estimateSpikes } from './spikes';

// Events of many samples, sorted: which samples are active at neuron 0, at neuron 1, … An event is two words, something
// about its sample and the activity as a float.

export const EVENT: usize = 8;

/** Words of scratch that the lists of `samples` vectors of `count` neurons take, at most. */
@inline
export function listWords(samples: i32, count: i32): i32 {
  return 2 * samples * count + count + 2;
}

/**
 * Sorts the activity of `samples` vectors by neuron.
 *
 * @param table   addresses of the vectors, one every `stride` bytes.
 * @param notes   what to say of each sample: a word every `stride` bytes, or with 0 its number times `size`.
 * @param starts  receives count + 1 addresses: the events of neuron i lie from starts[i] to starts[i + 1].
 * @param events  receives the events.
 */
export function sortEvents(
  samples: i32,
  count: i32,
  table: usize,
  stride: usize,
  notes: usize,
  size: u32,
  starts: usize,
  events: usize,
): void {
  memory.fill(starts, 0, at(8, count));
  for (let s = 0; s < samples; s++) {
    countActive(count, <usize>load<u32>(table + <usize>s * stride), at(starts, 2));
  }
  // starts[i + 1] is where neuron i's next event goes; after the last pass it is where neuron i + 1 begins.
  let next = <u32>events;
  for (let i = 0; i <= count; i++) {
    next += load<u32>(at(starts, i + 1)) << 3;
    store<u32>(at(starts, i + 1), next);
  }
  store<u32>(starts, <u32>events);
  for (let s = 0; s < samples; s++) {
    const values = <usize>load<u32>(table + <usize>s * stride);
    const note = notes === 0 ? <u32>s * size : load<u32>(notes + <usize>s * stride);
    for (let i = 0; i < count; i += 64) {
      for (let mask = activeOf64(values, i, count); mask; mask &= mask - 1) {
        const neuron = i + <i32>ctz(mask);
        const p = at(starts, neuron + 1);
        const event = <usize>load<u32>(p);
        store<u32>(event, note);
        store<f32>(event, load<f32>(at(values, neuron)), 4);
        store<u32>(p, <u32>(event + EVENT));
      }
    }
  }
}

/** Adds 1 to the count of each neuron that is active. */
@inline
function countActive(count: i32, values: usize, counts: usize): void {
  const none = f32x4.splat(0);
  const whole = at(0, count & ~15);
  const end = at(0, count);
  let o: usize = 0;
  // A comparison that holds is −1.
  for (; o < whole; o += 64) {
    v128.store(counts + o, i32x4.sub(v128.load(counts + o), f32x4.ne(v128.load(values + o), none)));
    v128.store(counts + o, i32x4.sub(v128.load(counts + o, 16), f32x4.ne(v128.load(values + o, 16), none)), 16);
    v128.store(counts + o, i32x4.sub(v128.load(counts + o, 32), f32x4.ne(v128.load(values + o, 32), none)), 32);
    v128.store(counts + o, i32x4.sub(v128.load(counts + o, 48), f32x4.ne(v128.load(values + o, 48), none)), 48);
  }
  for (; o < end; o += 4) store<u32>(counts + o, load<u32>(counts + o) + u32(load<f32>(values + o) !== 0));
}

/** Samples that {@link estimateActive} looks at, about. */
const LOOKED_AT: i32 = 8;

/** About how many of the values of a few samples are active; the same samples in every call of so many. */
export function estimateActive(samples: i32, count: i32, table: usize, stride: usize): i32 {
  let total = 0;
  const pace = max(1, samples / LOOKED_AT);
  for (let s = 0; s < samples; s += pace) total += estimateSpikes(count, <usize>load<u32>(table + <usize>s * stride));
  return total;
}
