import * as tf from '@tensorflow/tfjs-core';
import {
  type ConvergenceTrackerParams,
  type ConvergenceTrackerState,
  convergenceTrackerSchema,
  convergenceTrackerStep,
  getConvergedMask,
  initConvergenceTracker,
} from '../competition/convergenceTracker.js';
import { inName, orThrow } from '../core/errors.js';
import { frozenCopy } from '../core/frozen.js';
import { ensureIs, fractionScalar, nothingMore } from '../core/params/validation.js';
import { tidily } from '../core/tensors.js';
import { layerShape } from './layerShape.js';
import { Owned } from './state/ownedState.js';
import { carried, restoredMade } from './state/restored.js';

const where = 'ConvergenceTracker';

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
  readonly #state: Owned<ConvergenceTrackerState>;

  /**
   * @param nChannels     feature maps.
   * @param spatialShape  [height, width] of a map.
   * @param params        see {@link ConvergenceTrackerParams}.
   * @throws {StdpError} when a parameter or a size is out of range.
   */
  constructor(
    nChannels: number,
    spatialShape: readonly [number, number],
    params?: Partial<ConvergenceTrackerParams>,
    ...more: readonly never[]
  ) {
    nothingMore(more, where, 'new ConvergenceTracker(nChannels, spatialShape, params)');
    this.params = frozenCopy(orThrow(convergenceTrackerSchema.validate(params, where)), where, 'params');
    this.#shape = layerShape(nChannels, spatialShape, where);
    this.#state = new Owned(where, this.#initial());
  }

  /** Counts the winners of a batch, [B, H, W, C], and notes weight changes (last axis: maps) where they are given. */
  update(winnerMask: tf.TensorLike | tf.Tensor, weightDeltas?: tf.TensorLike | tf.Tensor, ...more: readonly never[]): void {
    nothingMore(more, where, 'update(winnerMask, weightDeltas)');
    const before = this.#state.now;
    this.#state.replace(inName(where, () => convergenceTrackerStep(winnerMask, before, weightDeltas)));
  }

  /** Wins of each neuron, [H, W, C]. */
  winCounts(...more: readonly never[]): tf.Tensor {
    nothingMore(more, where, 'winCounts()');
    return tf.clone(this.#state.now.winCounts);
  }

  /** 1 at neurons that have converged, [H, W, C]. */
  convergedMask(...more: readonly never[]): tf.Tensor {
    nothingMore(more, where, 'convergedMask()');
    return getConvergedMask(this.#state.now, this.params);
  }

  /** Neurons in the layer. */
  get nTotal(): number {
    return this.#shape.reduce((product, size) => product * size, 1);
  }

  /** Neurons that have converged. */
  async nConverged(...more: readonly never[]): Promise<number> {
    nothingMore(more, where, 'nConverged()');
    const mask = this.convergedMask();
    const converged = await mask.data();
    mask.dispose();
    return (converged as Float32Array).reduce((sum, one) => sum + one, 0);
  }

  /** Share of the neurons that have converged, 0 … 1. */
  async convergenceRatio(...more: readonly never[]): Promise<number> {
    nothingMore(more, where, 'convergenceRatio()');
    return (await this.nConverged()) / this.nTotal;
  }

  /** Whether at least `threshold` of the neurons have converged, a share in [0, 1]. */
  async isConverged(threshold = 0.95, ...more: readonly never[]): Promise<boolean> {
    nothingMore(more, where, 'isConverged(threshold)');
    ensureIs(fractionScalar, threshold, where, 'threshold');
    return (await this.convergenceRatio()) >= threshold;
  }

  /** Forgets everything. */
  reset(...more: readonly never[]): void {
    nothingMore(more, where, 'reset()');
    this.#state.now; // refuses when disposed, before anything is made
    this.#state.replace(this.#initial());
  }

  /** What it holds, for `saveState`. The tensors stay its own, and go with its next update. */
  carry(...more: readonly never[]): object {
    nothingMore(more, where, 'carry()');
    return carried({ ...this.#state.now, params: this.params });
  }

  /** Takes what {@link carry} gave, here or in a program before: it goes on bit for bit. The tensors stay yours. */
  restore(carry: object, ...more: readonly never[]): void {
    nothingMore(more, where, 'restore(carry)');
    tidily(() => this.#state.replace(restoredMade(carry, this.#state.now, { params: this.params }, where)));
  }

  /** Lets go of its tensors. */
  dispose(): void {
    this.#state.dispose();
  }

  #initial(): ConvergenceTrackerState {
    return inName(where, () => initConvergenceTracker(this.#shape));
  }
}
