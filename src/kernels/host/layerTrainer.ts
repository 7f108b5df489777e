import { copyInto, placeLines, takeLines } from '../tensors/lines.js';
import { enterField, type ForwardPass, type LatencyLayer, timedForward } from './layers.js';
import { type Field, weightRuns, weightsOfRuns } from './layouts.js';
import { type NetworkArena, networkArena } from './networkArena.js';

/** A layer that learns; see the kernels findWinners and learnWinners. */
export interface LearningLayer {
  readonly field: Field;
  readonly threshold: number;
  readonly winners: number;
  readonly inhibitionRadius: number;
}

/** A layer that learns from images through trained layers below it, in a memory of its own. */
export class LayerTrainer {
  readonly #arena: NetworkArena;
  readonly #layer: LearningLayer;
  readonly #steps: number;
  readonly #below: readonly ForwardPass[];
  readonly #times: number;
  readonly #weights: number;
  readonly #size: number;
  readonly #winners: number;
  readonly #scratch: number;

  /**
   * @param steps    of a stimulus.
   * @param below    layers below, with the weights of each.
   * @param w        to begin with, `[kernelSize, kernelSize, channels, maps]`, in [0, 1].
   */
  constructor(
    steps: number,
    below: readonly (readonly [LatencyLayer, Float32Array])[],
    layer: LearningLayer,
    w: Float32Array,
    arena = networkArena(),
  ) {
    const runs = weightRuns(w, layer.field);
    const { height, width, channels } = below[0]?.[0].field ?? layer.field;
    this.#arena = arena;
    this.#layer = layer;
    this.#steps = steps;
    this.#below = below.map(([lower, weights]) => timedForward(arena, lower, weights, steps));
    this.#times = takeLines(arena, height * width * channels);
    this.#weights = placeLines(arena, runs);
    this.#size = runs.length;
    this.#winners = takeLines(arena, 16 * layer.winners);
    enterField(arena, layer.field);
    this.#scratch = takeLines(arena, 4 * arena.kernels.findWinnersWords(steps));
  }

  /**
   * Learns from one image.
   *
   * @param times  the image's spike times `[height, width, channels]`.
   * @returns how many neurons won.
   */
  learn(times: Uint8Array, etaPlus: number, etaMinus: number): number {
    copyInto(this.#arena, this.#times, times);
    // Winners come early: what the layers below do later is only looked at when it is needed.
    let until = this.#below.length === 0 ? this.#steps : Math.ceil(this.#steps / 3);
    for (; ; until = this.#steps) {
      const input = this.#below.reduce((at, layer) => layer.through(at, until), this.#times);
      const found = this.#findWinners(input, until);
      if (found < this.#layer.winners && until < this.#steps) continue;
      this.#arena.kernels.learnWinners(input, this.#weights, this.#winners, found, etaPlus, etaMinus);
      return found;
    }
  }

  #findWinners(input: number, until: number): number {
    const { field, threshold, winners, inhibitionRadius } = this.#layer;
    const { kernels } = this.#arena;
    enterField(this.#arena, field);
    return kernels.findWinners(input, until, this.#weights, threshold, winners, inhibitionRadius, this.#winners, this.#scratch);
  }

  /** A copy of the weights, `[kernelSize, kernelSize, channels, maps]`. */
  get weights(): Float32Array {
    return weightsOfRuns(this.#runs, this.#layer.field);
  }

  /** How far the weights are from having settled: the mean of w(1 − w). */
  get convergence(): number {
    const { kernelSize, channels, maps } = this.#layer.field;
    let sum = 0;
    for (const w of this.#runs) sum += w * (1 - w);
    return sum / (kernelSize ** 2 * channels * maps);
  }

  get #runs(): Float32Array {
    return new Float32Array(this.#arena.memory.buffer, this.#weights, this.#size);
  }
}
