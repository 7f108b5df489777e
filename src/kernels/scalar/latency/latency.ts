import type { Heap } from '../heap.js';
import { scalarEncode } from './encode.js';
import { scalarField } from './field.js';
import { scalarGridReading } from './gridReading.js';
import { scalarSpikes } from './spikes.js';
import { scalarViews } from './views.js';
import { scalarWinners } from './winners.js';

/** assembly/latency, with the same bits. */
export function scalarLatency(heap: Heap) {
  const field = { height: 1, width: 1, channels: 1, side: 1, pad: 0, maps: 1 };
  return {
    ...scalarField(field),
    ...scalarEncode(heap),
    ...scalarViews(heap, field),
    ...scalarSpikes(heap, field),
    ...scalarWinners(heap, field),
    ...scalarGridReading(heap, field),
  };
}
