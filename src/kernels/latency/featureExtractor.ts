import { placeLines, takeLines } from '../lines.js';
import { Room } from '../room.js';
import { enterField, type LatencyLayer, outputSizes, type Passage, timedPassage, untimedPassage } from './layers.js';
import { type Field, filledMaps, patternSums } from './layouts.js';

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
  readonly #room: Room;
  readonly #steps: number;
  /** Numbers of an image. */
  readonly #pixels: number;
  readonly #below: readonly Passage[];
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
    room = new Room(0),
  ) {
    const last = layers.length - 1;
    const layer = layers[last] ?? layers[0];
    const w = weights[last] ?? new Float32Array();
    const { height, width, channels } = layers[0].field;
    this.#room = room;
    this.#steps = steps;
    this.#pixels = height * width * channels;
    this.size = reading.grid ** 2 * layer.field.maps;
    const timed = reading.source === 'spikes';
    this.#below = layers
      .slice(0, last)
      .map((lower, index) =>
        timed
          ? timedPassage(room, lower, weights[index] ?? new Float32Array(), steps)
          : untimedPassage(room, lower, weights[index] ?? new Float32Array()),
      );
    this.#read = timed ? spikeReader(room, layer, w, steps, reading) : potentialReader(room, layer.field, w, reading);
    this.#top = room.top;
  }

  /** Features `[images, size]` of images' spike times `[images, height, width, channels]`. */
  extract(times: Uint8Array): Float32Array {
    const room = this.#room;
    room.top = this.#top;
    const count = times.length / this.#pixels;
    const first = placeLines(room, times);
    const out = takeLines(room, 4 * count * this.size);
    for (let image = 0; image < count; image++) {
      const input = this.#below.reduce((at, layer) => layer.through(at, this.#steps), first + image * this.#pixels);
      this.#read(input, this.#steps, out + 4 * image * this.size);
    }
    return new Float32Array(room.memory.buffer, out, count * this.size);
  }
}

function spikeReader(room: Room, layer: LatencyLayer, w: Float32Array, steps: number, { grid }: Reading): Reader {
  const passage = timedPassage(room, { ...layer, poolSize: 1 }, w, steps);
  const scratch = takeLines(room, 4 * room.kernels.readingWords(grid));
  return (times, until, out) => room.kernels.readSpikes(passage.through(times, until), until, grid, out, scratch);
}

function potentialReader(room: Room, field: Field, w: Float32Array, { source, grid, share }: Reading): Reader {
  const { kernels } = room;
  enterField(room, field);
  const [rows, columns] = outputSizes(field);
  const sums = placeLines(room, patternSums(w, field));
  const views = takeLines(room, 4 * kernels.viewsWords());
  const potentials = takeLines(room, 4 * rows * columns * filledMaps(field.maps));
  const scratch = takeLines(room, 4 * kernels.readingWords(grid));
  return (times, steps, out) => {
    enterField(room, field);
    kernels.viewAll(times, steps, views);
    kernels.finalPotentials(views, sums, potentials);
    if (source === 'potentials') kernels.readPotentials(potentials, grid, out, scratch);
    else kernels.readContrast(potentials, share, grid, out, scratch);
  };
}
