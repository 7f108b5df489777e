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
    const values = <usize>load<u32>(table + <usize>s * stride);
    for (let i = 0; i < count; i += 64) {
      for (let mask = activeOf64(values, i, count); mask; mask &= mask - 1) {
        const p = at(starts, i + <i32>ctz(mask) + 2);
        store<u32>(p, load<u32>(p) + 1);
      }
    }
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

/** About how many of the values of all samples are active. */
export function estimateActive(samples: i32, count: i32, table: usize, stride: usize): i32 {
  let total = 0;
  for (let s = 0; s < samples; s++) total += estimateSpikes(count, <usize>load<u32>(table + <usize>s * stride));
  return total;
}
