import { ensure } from '../../core/errors.js';
import { aligned } from '../module/arena.js';
import { networkArena } from './networkArena.js';
import { inUnits, outOfUnits, unitsOf } from './raceUnits.js';

/** What races, in the numbers of the kernels. */
export interface RaceConstants {
  readonly inputs: number;
  readonly neurons: number;
  /** Neurons of a class, one class after the other. */
  readonly perClass: number;
  /** Threshold of the potential. */
  readonly threshold: number;
}

/** How neurons that race learn. */
export interface RaceLearning {
  /** Whether desired times are bounds (SSTDP), or the very times (S2-STDP). */
  readonly within: boolean;
  /** How many neurons of each class, its first, are targets. */
  readonly targets: number;
  /** Gap between the desired times of targets and of others, as a share of the longest time. */
  readonly gap: number;
  /** Rate of inputs that fire before the output or with it. */
  readonly etaPlus: number;
  /** Rate of later ones. */
  readonly etaMinus: number;
  /** How far the thresholds of targets move an image, 0 for not at all. */
  readonly etaThreshold: number;
}

/** What such neurons learn. */
export interface RaceWeights {
  /** `[neurons, inputs]`, row-major. */
  readonly weights: Float32Array;
  /** `[neurons]`: of targets, for images of their own class, as the competition has moved them. */
  readonly thresholds: Float32Array;
}

/** The spikes of images, one image after the other, the earliest first. */
export interface SpikeLists {
  /** `[images + 1]`: where those of each image begin. */
  readonly starts: Int32Array;
  /** Which input spikes. */
  readonly inputs: Int32Array;
  /** When, in [0, 1). */
  readonly times: Float32Array;
}

/** Who answered each image, and when: 1 where nobody fired. */
export interface RaceAnswers {
  readonly neurons: Int32Array;
  readonly times: Float32Array;
}

/**
 * Neurons that race, in a memory of their own.
 *
 * @param sums  that the weights of each neuron are scaled to when they have changed, 0 for not at all.
 * @throws {StdpError} when weights are of another number of neurons.
 */
export function raceLayer(
  { inputs, neurons, perClass, threshold }: RaceConstants,
  given: RaceWeights,
  sums: Float32Array,
  arena = networkArena(),
) {
  const { kernels, memory } = arena;
  const fits = given.weights.length === neurons * inputs && given.thresholds.length === neurons && sums.length === neurons;
  const needed = () => `must be ${neurons * inputs} for ${neurons} neurons of ${inputs} inputs, got ${given.weights.length}`;
  ensure(fits, 'raceLayer', 'weights', needed);
  const sizes = { neurons, perClass };
  const [classes, units] = [neurons / perClass, unitsOf(sizes)];
  const scratchBytes = 4 * kernels.raceWords(classes, perClass);
  arena.reserve(scratchBytes + 16 * units * (inputs + 2) + aligned(4 * neurons));
  const weights = arena.place(inUnits(given.weights, sizes)).byteOffset;
  const total = arena.place(inUnits(sums, sizes)).byteOffset;
  const errors = arena.place(new Float32Array(4 * units)).byteOffset;
  const regulated = arena.place(given.thresholds).byteOffset;
  kernels.setRace(classes, perClass, inputs, threshold, weights, arena.take(scratchBytes));
  let { top } = arena; // what lies above is free between two calls
  /** Copies words into the memory; answers where they are. */
  const place = (values: Int32Array | Float32Array): number => {
    const address = arena.take(values.byteLength);
    new Uint8Array(memory.buffer, address).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return address;
  };
  /** Makes room for lists of so many words above what stays. */
  const makeRoom = (...words: readonly number[]): void => {
    arena.top = top;
    arena.reserve(words.reduce((all, count) => all + aligned(4 * count), 0));
  };
  let held = { starts: 0, inputs: 0, times: 0 };
  return {
    /** Who answers each image. */
    answer({ starts, inputs: which, times }: SpikeLists): RaceAnswers {
      const count = starts.length - 1;
      makeRoom(starts.length, which.length, times.length, count, count);
      const spikes = [place(starts), place(which), place(times)] as const;
      const [first, second] = [arena.take(4 * count), arena.take(4 * count)];
      kernels.runRaces(count, ...spikes, first, second);
      return {
        neurons: new Int32Array(memory.buffer, first, count).slice(),
        times: new Float32Array(memory.buffer, second, count).slice(),
      };
    },
    /** Takes up the spikes of all images to learn from, in pieces: they stay in the memory. */
    hold(pieces: readonly SpikeLists[]): void {
      const spikes = pieces.reduce((all, piece) => all + piece.inputs.length, 0);
      const images = pieces.reduce((all, piece) => all + piece.starts.length - 1, 0);
      makeRoom(images + 1, spikes, spikes);
      held = { starts: arena.take(4 * images + 4), inputs: arena.take(4 * spikes), times: arena.take(4 * spikes) };
      ({ top } = arena);
      const starts = new Int32Array(memory.buffer, held.starts, images + 1);
      let [image, spike] = [0, 0];
      for (const piece of pieces) {
        starts.set(
          piece.starts.map((start) => start + spike),
          image,
        );
        new Int32Array(memory.buffer, held.inputs, spikes).set(piece.inputs, spike);
        new Float32Array(memory.buffer, held.times, spikes).set(piece.times, spike);
        image += piece.starts.length - 1;
        spike += piece.inputs.length;
      }
    },
    /** How it learns from now on. */
    setLearning({ within, targets, gap, etaPlus, etaMinus, etaThreshold }: RaceLearning): void {
      kernels.setRaceLearning(within, targets, gap, etaPlus, etaMinus, etaThreshold, total, regulated, errors);
    },
    /** Sets the thresholds of training back to that of the test. */
    forgetThresholds(): void {
      new Float32Array(memory.buffer, regulated, neurons).fill(threshold);
    },
    /** Learns from some of the images that it holds, one after the other; answers who was first before it learned. */
    learn(images: Int32Array, labels: Int32Array): Int32Array {
      const count = images.length;
      makeRoom(count, count, count);
      const [which, truth, answers] = [place(images), place(labels), arena.take(4 * count)];
      kernels.learnRaces(count, which, truth, held.starts, held.inputs, held.times, answers);
      return new Int32Array(memory.buffer, answers, count).slice();
    },
    /** A copy of what has been learned. */
    learned: (): RaceWeights => ({
      weights: outOfUnits(new Float32Array(memory.buffer, weights, 4 * units * inputs), sizes),
      thresholds: new Float32Array(memory.buffer, regulated, neurons).slice(),
    }),
  };
}
