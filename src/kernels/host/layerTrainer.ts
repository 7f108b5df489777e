import { at } from '../../core/at.js';
import { copyInto, placeLines, takeLines } from '../tensors/lines.js';
import { enterField, type LatencyLayer, timedForward } from './layers.js';
import { type Field, filledMaps, weightRuns, weightsOfRuns } from './layouts.js';
import { networkArena } from './networkArena.js';

/** A layer that learns; see the kernels findWinners and learnWinners. */
export interface LearningLayer {
  readonly field: Field;
  readonly threshold: number;
  readonly winners: number;
  readonly inhibitionRadius: number;
}

/** A layer at work, in a memory of its own. */
export interface LayerTrainer {
  /**
   * Learns from one image.
   *
   * @param times  the image's spike times `[height, width, channels]`.
   * @returns how many neurons won.
   */
  learn(times: Uint8Array, etaPlus: number, etaMinus: number): number;
  /** Who won the last image: the maps, and the steps at which they fired. */
  winners(): readonly { readonly map: number; readonly step: number }[];
  /** Has each map begin every image with a potential of its own; all begin with 0. */
  begin(bases: Float32Array): void;
  /** A copy of the weights, `[kernelSize, kernelSize, channels, maps]`. */
  weights(): Float32Array;
  /** How far the weights are from having settled: the mean of w(1 − w). */
  convergence(): number;
}

/**
 * A layer that learns from images through trained layers below it.
 *
 * @param steps  of a stimulus.
 * @param below  layers below, with the weights of each.
 * @param w      to begin with, `[kernelSize, kernelSize, channels, maps]`, in [0, 1].
 */
export function layerTrainer(
  steps: number,
  below: readonly (readonly [LatencyLayer, Float32Array])[],
  { field, threshold, winners: wanted, inhibitionRadius }: LearningLayer,
  w: Float32Array,
  arena = networkArena(),
): LayerTrainer {
  const { kernels, memory } = arena;
  const { height, width, channels } = below[0]?.[0].field ?? field;
  const lower = below.map(([layer, weights]) => timedForward(arena, layer, weights, steps));
  const image = takeLines(arena, height * width * channels);
  const begun = weightRuns(w, field);
  const weights = placeLines(arena, begun);
  const winners = takeLines(arena, 16 * wanted);
  enterField(arena, field);
  const scratch = takeLines(arena, 4 * kernels.findWinnersWords(steps));
  const base = takeLines(arena, 4 * filledMaps(field.maps));
  let [bases, won] = [0, 0];
  const runs = () => new Float32Array(memory.buffer, weights, begun.length);
  return {
    learn: (times, etaPlus, etaMinus) => {
      copyInto(arena, image, times);
      // Winners come early: what the layers below do later is only looked at when it is needed.
      let until = lower.length === 0 ? steps : Math.ceil(steps / 3);
      for (; ; until = steps) {
        const input = lower.reduce((address, layer) => layer.through(address, until), image);
        enterField(arena, field);
        const found = kernels.findWinners(input, until, weights, bases, threshold, wanted, inhibitionRadius, winners, scratch);
        if (found < wanted && until < steps) continue;
        kernels.learnWinners(input, weights, winners, found, etaPlus, etaMinus);
        won = found;
        return found;
      }
    },
    winners: () => {
      const words = new Int32Array(memory.buffer, winners, 4 * won);
      return Array.from({ length: won }, (_, winner) => ({ map: at(words, 4 * winner), step: at(words, 4 * winner + 3) }));
    },
    begin: (given) => {
      new Float32Array(memory.buffer, base, filledMaps(field.maps)).fill(0).set(given);
      bases = base;
    },
    weights: () => weightsOfRuns(runs(), field),
    convergence: () => runs().reduce((sum, weight) => sum + weight * (1 - weight), 0) / w.length,
  };
}
