import * as tf from '@tensorflow/tfjs-core';
import {
  type AdaptiveThresholdParams,
  type AdaptiveThresholdState,
  adaptiveThresholdSchema,
  adaptiveThresholdStep,
  getFiringRates,
  initAdaptiveThreshold,
  resetFiringStatistics,
} from '../competition/adaptiveThreshold.js';
import { inName, orThrow } from '../core/errors.js';
import { frozenCopy } from '../core/frozen.js';
import { ensureIs, integerFrom, nothingMore } from '../core/params/validation.js';
import { checkShape, mostValues } from '../core/shapes.js';
import { tidily } from '../core/tensors.js';
import { layerShape } from './layerShape.js';
import { Owned } from './state/ownedState.js';
import { carried, restoredMade } from './state/restored.js';

const where = 'AdaptiveThreshold';

/**
 * A threshold for each neuron that keeps its firing rate near a target: {@link adaptiveThresholdStep} with its state.
 * It owns tensors: `dispose` it when done. Tensors that it returns are the caller's.
 *
 * Source: spikeseg `AdaptiveThreshold`.
 *
 * @example
 * const homeostasis = new AdaptiveThreshold(2, [1, 1], { targetRate: 0.5 });
 * homeostasis.update([[[[1, 0]]]]);
 * homeostasis.getThresholds().print();   // => [[[[10.005, 9.995]]]]
 * homeostasis.dispose();
 */
export class AdaptiveThreshold {
  /** The complete parameters. */
  readonly params: AdaptiveThresholdParams;
  readonly #shape: readonly number[];
  readonly #state: Owned<AdaptiveThresholdState>;

  /**
   * @param nChannels     feature maps.
   * @param spatialShape  [height, width] of a map.
   * @param params        see {@link AdaptiveThresholdParams}.
   * @throws {StdpError} when a parameter or a size is out of range.
   */
  constructor(
    nChannels: number,
    spatialShape: readonly [number, number],
    params?: Partial<AdaptiveThresholdParams>,
    ...more: readonly never[]
  ) {
    nothingMore(more, where, 'new AdaptiveThreshold(nChannels, spatialShape, params)');
    this.params = frozenCopy(orThrow(adaptiveThresholdSchema.validate(params, where)), where, 'params');
    this.#shape = layerShape(nChannels, spatialShape, where);
    this.#state = new Owned(where, this.#initial(this.params));
  }

  /** Learns from the spikes of a batch of presentations, [B, H, W, C]. */
  update(spikes: tf.TensorLike | tf.Tensor, ...more: readonly never[]): void {
    nothingMore(more, where, 'update(spikes)');
    const before = this.#state.now;
    this.#state.replace(inName(where, () => adaptiveThresholdStep(spikes, before, this.params)));
  }

  /** The thresholds, repeated for a batch: [batch, H, W, C]. */
  getThresholds(batch = 1, ...more: readonly never[]): tf.Tensor {
    nothingMore(more, where, 'getThresholds(batch)');
    const { threshold } = this.#state.now;
    ensureIs(integerFrom(0), batch, where, 'batch');
    // A quarter of what a tensor may hold: wasm has 4 GiB for all of them.
    const shape = checkShape([batch, ...this.#shape], where, 'batch', 4, mostValues / 4);
    return tidily(() => (batch === 0 ? tf.zeros([...shape]) : tf.tile(tf.expandDims(threshold, 0), [batch, 1, 1, 1])));
  }

  /** Spikes per presentation since the statistics started, [H, W, C]. */
  firingRates(...more: readonly never[]): tf.Tensor {
    nothingMore(more, where, 'firingRates()');
    return getFiringRates(this.#state.now);
  }

  /** The mean of all thresholds. */
  async meanThreshold(...more: readonly never[]): Promise<number> {
    nothingMore(more, where, 'meanThreshold()');
    const { threshold } = this.#state.now;
    const mean = tidily(() => tf.mean(threshold));
    const [value = 0] = await mean.data();
    mean.dispose();
    return value;
  }

  /** Starts the rates anew; thresholds stay. */
  resetStatistics(...more: readonly never[]): void {
    nothingMore(more, where, 'resetStatistics()');
    this.#state.replace(resetFiringStatistics(this.#state.now));
  }

  /** Starts rates and thresholds anew. `initialThreshold` defaults to that of the parameters. */
  resetAll(initialThreshold = this.params.initialThreshold, ...more: readonly never[]): void {
    nothingMore(more, where, 'resetAll(initialThreshold)');
    this.#state.now; // refuses when disposed, before anything is made
    this.#state.replace(this.#initial({ ...this.params, initialThreshold }));
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

  #initial(params: AdaptiveThresholdParams): AdaptiveThresholdState {
    return inName(where, () => initAdaptiveThreshold(this.#shape, params));
  }
}
