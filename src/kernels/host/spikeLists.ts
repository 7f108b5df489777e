import { floatAt, wordAt } from '../../core/at.js';
import type { SpikeLists } from './raceLayer.js';

/** The last time before 1 that float32 holds: what spikes at all spikes in time. */
const latest = 1 - 2 ** -24;

/**
 * Features `[images, scale.length]` as first spikes, sorted: one of the size of its scale spikes at 0, smaller ones at 1 − feature / scale,
 * one of 0 never. Of spikes at one time the lower input is the first.
 */
export function spikeLists(features: Float32Array, scale: Float32Array): SpikeLists {
  const size = scale.length;
  const count = features.length / size;
  const starts = new Int32Array(count + 1);
  let total = 0;
  for (const feature of features) if (feature > 0) total++;
  const [inputs, times] = [new Int32Array(total), new Float32Array(total)];
  // A time ≥ 0 sorts as the integer that its bits are; input and time make one number below 2⁵³.
  const time = new Float32Array(1);
  const bits = new Uint32Array(time.buffer);
  const keys = new Float64Array(size);
  let next = 0;
  for (let image = 0; image < count; image++) {
    let spikes = 0;
    for (let input = 0; input < size; input++) {
      const feature = floatAt(features, image * size + input);
      if (!(feature > 0)) continue;
      time[0] = Math.min(Math.max(1 - feature / floatAt(scale, input), 0), latest);
      keys[spikes++] = wordAt(bits, 0) * size + input;
    }
    for (const key of keys.subarray(0, spikes).sort()) {
      inputs[next] = key % size;
      bits[0] = Math.floor(key / size);
      times[next++] = floatAt(time, 0);
    }
    starts[image + 1] = next;
  }
  return { starts, inputs, times };
}
