import * as tf from '@tensorflow/tfjs-core';
import {
  type AdaptiveThresholdParams,
  type AdaptiveThresholdState,
  adaptiveThresholdStep,
  getFiringRates,
  initAdaptiveThreshold,
  resetFiringStatistics,
  validateAdaptiveThresholdParams,
} from '../competition/adaptiveThreshold.js';
import { orThrow } from '../core/errors.js';
import { tidily } from '../core/tensors.js';
import { disposeState, replaceState } from './ownedState.js';

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
  #state: AdaptiveThresholdState;

  /**
   * @param nChannels     feature maps.
   * @param spatialShape  [height, width] of a map.
   * @param params        see {@link AdaptiveThresholdParams}.
   * @throws {StdpError} when a parameter is out of range.
   */
  constructor(nChannels: number, spatialShape: readonly [number, number], params?: Partial<AdaptiveThresholdParams>) {
    this.params = orThrow(validateAdaptiveThresholdParams(params, 'AdaptiveThreshold'));
    this.#shape = [...spatialShape, nChannels];
    this.#state = replaceState(undefined, initAdaptiveThreshold(this.#shape, this.params));
  }

  /** Learns from the spikes of a batch of presentations, [B, H, W, C]. */
  update(spikes: tf.TensorLike | tf.Tensor): void {
    this.#state = replaceState(this.#state, adaptiveThresholdStep(spikes, this.#state, this.params));
  }

  /** The thresholds, repeated for a batch: [batch, H, W, C]. */
  getThresholds(batch = 1): tf.Tensor {
    return tidily(() => tf.tile(tf.expandDims(this.#state.threshold, 0), [batch, 1, 1, 1]));
  }

  /** Spikes per presentation since the statistics started, [H, W, C]. */
  firingRates(): tf.Tensor {
    return getFiringRates(this.#state);
  }

  /** The mean of all thresholds. */
  async meanThreshold(): Promise<number> {
    const mean = tidily(() => tf.mean(this.#state.threshold));
    const [value = 0] = await mean.data();
    mean.dispose();
    return value;
  }

  /** Starts the rates anew; thresholds stay. */
  resetStatistics(): void {
    this.#state = replaceState(this.#state, resetFiringStatistics(this.#state));
  }

  /** Starts rates and thresholds anew. `initialThreshold` defaults to that of the parameters. */
  resetAll(initialThreshold = this.params.initialThreshold): void {
    this.#state = replaceState(this.#state, initAdaptiveThreshold(this.#shape, { ...this.params, initialThreshold }));
  }

  /** Lets go of its tensors. */
  dispose(): void {
    disposeState(this.#state);
  }
}
