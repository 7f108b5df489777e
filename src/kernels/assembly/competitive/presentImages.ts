import { at } from '../lanes';
import { filledNeurons, inputs, neurons, steps } from './layer';
import { depress, normalize, potentiate, relaxThresholds } from './learning';
import { fire, integrate, NEURON, neuronWords, placeNeurons, rest } from './neurons';
import { drawTrains, events, listEvents, placeTrains, trainWords } from './spikeTrains';

/** Words of scratch that {@link presentImages} takes. */
export function presentWords(inputCount: i32, neuronCount: i32, stepCount: i32): i32 {
  return neuronWords(filledNeurons(neuronCount)) + trainWords(inputCount, stepCount);
}

/**
 * Shows images, one after the other, each again with the next table while the layer answers with fewer than `leastSpikes`.
 *
 * @param images   `[count, inputs]` bytes.
 * @param streams  of random numbers, two words for each image.
 * @param tables   `[attempts, 256]`: see spikeTrains.ts.
 * @param raster   `[count, steps]` words: the neuron that fired, or −1, in the last attempt.
 * @param learn    whether weights and thresholds change.
 */
export function presentImages(
  count: i32,
  images: usize,
  streams: usize,
  keyLow: u32,
  keyHigh: u32,
  tables: usize,
  attempts: i32,
  leastSpikes: i32,
  learn: bool,
  raster: usize,
  scratch: usize,
): void {
  placeNeurons(scratch);
  placeTrains(at(scratch, neuronWords(filledNeurons(neurons))));
  const blocks = ((steps + 3) >> 2) * inputs;
  for (let n = 0; n < count; n++) {
    const image = images + <usize>(n * inputs);
    const low = load<u32>(at(streams, 2 * n));
    const high = load<u32>(at(streams, 2 * n + 1));
    for (let attempt = 0; attempt < attempts; attempt++) {
      drawTrains(image, at(tables, attempt << 8), attempt * blocks, low, high, keyLow, keyHigh);
      if (show(learn, at(raster, n * steps)) >= leastSpikes) break;
    }
  }
}

/** One presentation; answers how often neurons fired. */
function show(learn: bool, raster: usize): i32 {
  let spikes = 0;
  rest();
  for (let step = 0; step < steps; step++) {
    const end = listEvents(step);
    integrate(events, end, step);
    if (learn) depress(events, end, step);
    const record = fire(step);
    if (record !== 0) spikes++;
    if (learn && record !== 0) potentiate(record, step);
    store<i32>(at(raster, step), record === 0 ? -1 : load<i32>(record, NEURON));
  }
  if (learn) normalize();
  if (learn) relaxThresholds();
  return spikes;
}
