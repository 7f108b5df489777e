import * as tf from '@tensorflow/tfjs-core';
import {
  type ConvergenceTrackerParams,
  type ConvergenceTrackerState,
  convergenceTrackerStep,
  getConvergedMask,
  initConvergenceTracker,
  validateConvergenceTrackerParams,
} from '../competition/convergenceTracker.js';
import { orThrow } from '../core/errors.js';
import { tidily } from '../core/tensors.js';
import { disposeState, replaceState } from './ownedState.js';

/**
 * Which neurons of a layer have learned: {@link convergenceTrackerStep} with its state. It owns tensors: `dispose` it
 * when done. Tensors that it returns are the caller's.
 *
 * Source: spikeseg `ConvergenceTracker`.
 *
 * @example
 * const tracker = new ConvergenceTracker(2, [1, 1], { minWins: 1 });
 * tracker.update([[[[1, 0]]]], tf.zeros([3, 3, 1, 2]));
 * await tracker.convergenceRatio();   // => 0.5
 * await tracker.isConverged();        // => false
 * tracker.dispose();
 */
export class ConvergenceTracker {
  /** The complete parameters. */
  readonly params: ConvergenceTrackerParams;
  readonly #shape: readonly number[];
  #state: ConvergenceTrackerState;

  /**
   * @param nChannels     feature maps.
   * @param spatialShape  [height, width] of a map.
   * @param params        see {@link ConvergenceTrackerParams}.
   * @throws {StdpError} when a parameter is out of range.
   */
  constructor(nChannels: number, spatialShape: readonly [number, number], params?: Partial<ConvergenceTrackerParams>) {
    this.params = orThrow(validateConvergenceTrackerParams(params, 'ConvergenceTracker'));
    this.#shape = [...spatialShape, nChannels];
    this.#state = replaceState(undefined, initConvergenceTracker(this.#shape));
  }

  /** Counts the winners of a batch, [B, H, W, C], and notes weight changes (last axis: maps) where they are given. */
  update(winnerMask: tf.TensorLike | tf.Tensor, weightDeltas?: tf.TensorLike | tf.Tensor): void {
    this.#state = replaceState(this.#state, convergenceTrackerStep(winnerMask, this.#state, weightDeltas));
  }

  /** Wins of each neuron, [H, W, C]. */
  winCounts(): tf.Tensor {
    return tf.clone(this.#state.winCounts);
  }

  /** 1 at neurons that have converged, [H, W, C]. */
  convergedMask(): tf.Tensor {
    return getConvergedMask(this.#state, this.params);
  }

  /** Neurons in the layer. */
  get nTotal(): number {
    return this.#shape.reduce((product, size) => product * size, 1);
  }

  /** Neurons that have converged. */
  async nConverged(): Promise<number> {
    const sum = tidily(() => tf.sum(this.convergedMask()));
    const [count = 0] = await sum.data();
    sum.dispose();
    return count;
  }

  /** Share of the neurons that have converged, 0 … 1. */
  async convergenceRatio(): Promise<number> {
    return (await this.nConverged()) / Math.max(this.nTotal, 1);
  }

  /** Whether at least `threshold` of the neurons have converged. */
  async isConverged(threshold = 0.95): Promise<boolean> {
    return (await this.convergenceRatio()) >= threshold;
  }

  /** Forgets everything. */
  reset(): void {
    this.#state = replaceState(this.#state, initConvergenceTracker(this.#shape));
  }

  /** Lets go of its tensors. */
  dispose(): void {
    disposeState(this.#state);
  }
}
