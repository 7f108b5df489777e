import { placeLines, takeLines } from '../tensors/lines.js';
import { enterField, type ForwardPass, type LatencyLayer, outputSizes, timedForward, untimedForward } from './layers.js';
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
export class FeatureExtractor {
  /** Features of an image. */
  readonly size: number;
  readonly #arena: NetworkArena;
  readonly #steps: number;
  /** Numbers of an image. */
  readonly #pixels: number;
  readonly #below: readonly ForwardPass[];
  readonly #read: Reader;
  /** What lies above is free between two calls. */
  readonly #top: number;

  /**
   * @param steps    of a stimulus.
   * @param layers   from the first to the last; the last one's pooling plays no part.
   * @param weights  of each, `[kernelSize, kernelSize, channels, maps]`.
   */
  constructor(
    steps: number,
    layers: readonly [LatencyLayer, ...LatencyLayer[]],
    weights: readonly Float32Array[],
    reading: Reading,
    arena = networkArena(),
  ) {
    const last = layers.length - 1;
    const layer = layers[last] ?? layers[0];
    const w = weights[last] ?? new Float32Array();
    const { height, width, channels } = layers[0].field;
    this.#arena = arena;
    this.#steps = steps;
    this.#pixels = height * width * channels;
    this.size = reading.grid ** 2 * layer.field.maps;
    const timed = reading.source === 'spikes';
    this.#below = layers
      .slice(0, last)
      .map((lower, index) =>
        timed
          ? timedForward(arena, lower, weights[index] ?? new Float32Array(), steps)
          : untimedForward(arena, lower, weights[index] ?? new Float32Array()),
      );
    this.#read = timed ? spikeReader(arena, layer, w, steps, reading) : potentialReader(arena, layer.field, w, reading);
    this.#top = arena.top;
  }

  /** Features `[images, size]` of images' spike times `[images, height, width, channels]`. */
  extract(times: Uint8Array): Float32Array {
    const arena = this.#arena;
    arena.top = this.#top;
    const count = times.length / this.#pixels;
    const first = placeLines(arena, times);
    const out = takeLines(arena, 4 * count * this.size);
    for (let image = 0; image < count; image++) {
      const input = this.#below.reduce((at, layer) => layer.through(at, this.#steps), first + image * this.#pixels);
      this.#read(input, this.#steps, out + 4 * image * this.size);
    }
    return new Float32Array(arena.memory.buffer, out, count * this.size);
  }
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
