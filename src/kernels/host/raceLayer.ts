import { ensure } from '../../core/errors.js';
import { aligned } from '../module/arena.js';
import { networkArena } from './networkArena.js';

/**
 * What races, in the numbers of the kernels.
 *
 * @property perClass   neurons of a class, one class after the other.
 * @property threshold  of the potential.
 */
export interface RaceConstants {
  readonly inputs: number;
  readonly neurons: number;
  readonly perClass: number;
  readonly threshold: number;
}

/**
 * How neurons that race learn.
 *
 * @property within        whether desired times are bounds (SSTDP), or the very times (S2-STDP).
 * @property targets       of each class, the first of its neurons.
 * @property gap           between targets and others, as a share of the longest time.
 * @property etaPlus       rate of inputs that fire before the output or with it.
 * @property etaMinus      rate of later ones.
 * @property etaThreshold  how far the thresholds of targets move an image, 0 for not at all.
 */
export interface RaceLearning {
  readonly within: boolean;
  readonly targets: number;
  readonly gap: number;
  readonly etaPlus: number;
  readonly etaMinus: number;
  readonly etaThreshold: number;
}

/**
 * What such neurons learn.
 *
 * @property weights     `[neurons, inputs]`, row-major.
 * @property thresholds  `[neurons]`: of targets, for images of their own class, as the competition has moved them.
 */
export interface RaceWeights {
  readonly weights: Float32Array;
  readonly thresholds: Float32Array;
}

/**
 * The spikes of images, one image after the other, the earliest first.
 *
 * @property starts  `[images + 1]`: where those of each image begin.
 * @property inputs  which input spikes.
 * @property times   when, in [0, 1).
 */
export interface SpikeLists {
  readonly starts: Int32Array;
  readonly inputs: Int32Array;
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
  ensure(
    fits,
    'raceLayer',
    'weights',
    () => `has ${given.weights.length} values, ${neurons} neurons of ${inputs} inputs need more`,
  );
  const scratchBytes = 4 * kernels.raceWords(neurons, inputs);
  arena.reserve([neurons * inputs, inputs, neurons, neurons].reduce((all, n) => all + aligned(4 * n), scratchBytes + 16));
  const weights = arena.place(given.weights).byteOffset;
  const regulated = arena.place(given.thresholds).byteOffset;
  const total = arena.place(sums).byteOffset;
  const seen = arena.take(4 * inputs);
  kernels.setRace(neurons, inputs, perClass, threshold, weights, arena.take(scratchBytes));
  const { top } = arena; // what lies above is free between two calls
  /** Places the spikes of images; answers how many images, where the spikes are, and where words of each image are. */
  const place = ({ starts, inputs: which, times }: SpikeLists) => {
    const count = starts.length - 1;
    arena.top = top;
    arena.reserve(aligned(4 * count + 4) + 2 * aligned(4 * which.length) + 2 * aligned(4 * count));
    const words = (values: Int32Array | Float32Array): number => {
      const address = arena.take(4 * values.length);
      new Uint8Array(memory.buffer, address).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      return address;
    };
    const spikes = [words(starts), words(which), words(times)] as const;
    return { count, spikes, first: arena.take(4 * count), second: arena.take(4 * count) };
  };
  return {
    /** Who answers each image. */
    answer(lists: SpikeLists): RaceAnswers {
      const { count, spikes, first, second } = place(lists);
      kernels.runRaces(count, ...spikes, first, second);
      return {
        neurons: new Int32Array(memory.buffer, first, count).slice(),
        times: new Float32Array(memory.buffer, second, count).slice(),
      };
    },
    /** How it learns from now on. */
    setLearning({ within, targets, gap, etaPlus, etaMinus, etaThreshold }: RaceLearning): void {
      kernels.setRaceLearning(within, targets, gap, etaPlus, etaMinus, etaThreshold, total, regulated, seen);
    },
    /** Sets the thresholds of training back to that of the test. */
    forgetThresholds(): void {
      new Float32Array(memory.buffer, regulated, neurons).fill(threshold);
    },
    /** Learns from one image after the other; answers who was first before it learned. */
    learn(lists: SpikeLists, labels: Int32Array): Int32Array {
      const { count, spikes, first, second } = place(lists);
      new Int32Array(memory.buffer, first, count).set(labels);
      kernels.learnRaces(count, ...spikes, first, second);
      return new Int32Array(memory.buffer, second, count).slice();
    },
    /** A copy of what has been learned. */
    learned: (): RaceWeights => ({
      weights: new Float32Array(memory.buffer, weights, neurons * inputs).slice(),
      thresholds: new Float32Array(memory.buffer, regulated, neurons).slice(),
    }),
  };
}
