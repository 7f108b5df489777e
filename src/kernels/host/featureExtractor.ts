import { at } from '../../core/at.js';
import { placeLines, takeLines } from '../tensors/lines.js';
import { enterField, type LatencyLayer, outputSizes, timedForward, untimedForward } from './layers.js';
import { type Field, filledMaps, patternSums } from './layouts.js';
import { type NetworkArena, networkArena } from './networkArena.js';

/** What is read of the last layer on a grid of `grid` × `grid` cells. */
export interface Reading {
  readonly source: 'spikes' | 'potentials' | 'contrast';
  readonly grid: number;
  readonly share: number;
}

/** Reads the features of an image, whose input to the last layer is at `times`, to `out`. */
type Reader = (times: number, steps: number, out: number) => void;

/** Features of images through trained layers, in a memory of its own. */
export interface FeatureExtractor {
  /** Features of an image. */
  readonly size: number;
  /** Features `[images, size]` of images' spike times `[images, height, width, channels]`. */
  extract(times: Uint8Array): Float32Array;
}

/**
 * @param steps    of a stimulus.
 * @param layers   from the first to the last; the last one's pooling plays no part.
 * @param weights  of each, `[kernelSize, kernelSize, channels, maps]`.
 */
export function featureExtractor(
  steps: number,
  layers: readonly [LatencyLayer, ...LatencyLayer[]],
  weights: readonly Float32Array[],
  reading: Reading,
  arena = networkArena(),
): FeatureExtractor {
  const last = layers.length - 1;
  const { height, width, channels } = layers[0].field;
  const pixels = height * width * channels;
  const timed = reading.source === 'spikes';
  const below = layers
    .slice(0, last)
    .map((layer, index) =>
      timed ? timedForward(arena, layer, at(weights, index), steps) : untimedForward(arena, layer, at(weights, index)),
    );
  const [layer, w] = [at(layers, last), at(weights, last)];
  const size = reading.grid ** 2 * layer.field.maps;
  const read = timed ? spikeReader(arena, layer, w, steps, reading) : potentialReader(arena, layer.field, w, reading);
  const { top } = arena; // what lies above is free between two calls
  return {
    size,
    extract: (times) => {
      arena.top = top;
      const count = times.length / pixels;
      const first = placeLines(arena, times);
      const out = takeLines(arena, 4 * count * size);
      for (let image = 0; image < count; image++) {
        const input = below.reduce((address, { through }) => through(address, steps), first + image * pixels);
        read(input, steps, out + 4 * image * size);
      }
      return new Float32Array(arena.memory.buffer, out, count * size);
    },
  };
}

function spikeReader(arena: NetworkArena, layer: LatencyLayer, w: Float32Array, steps: number, { grid }: Reading): Reader {
  const forward = timedForward(arena, { ...layer, poolSize: 1 }, w, steps);
  const scratch = takeLines(arena, 4 * arena.kernels.readingWords(grid));
  return (times, until, out) => arena.kernels.readSpikes(forward.through(times, until), until, grid, out, scratch);
}

function potentialReader(arena: NetworkArena, field: Field, w: Float32Array, { source, grid, share }: Reading): Reader {
  const { kernels } = arena;
  enterField(arena, field);
  const [rows, columns] = outputSizes(field);
  const sums = placeLines(arena, patternSums(w, field));
  const views = takeLines(arena, 4 * kernels.viewsWords());
  const potentials = takeLines(arena, 4 * rows * columns * filledMaps(field.maps));
  const scratch = takeLines(arena, 4 * kernels.readingWords(grid));
  return (times, steps, out) => {
    enterField(arena, field);
    kernels.viewAll(times, steps, views);
    kernels.finalPotentials(views, sums, potentials);
    if (source === 'potentials') kernels.readPotentials(potentials, grid, out, scratch);
    else kernels.readContrast(potentials, share, grid, out, scratch);
  };
}
