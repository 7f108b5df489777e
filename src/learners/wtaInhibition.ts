import * as tf from '@tensorflow/tfjs-core';
import { fromNullable, map, type Option } from 'fp-ts/lib/Option.js';
import { type WtaResult, wtaGlobal, wtaLocal } from '../competition/winnerTakeAll.js';
import { ensure, orThrow } from '../core/errors.js';
import { floats, tidily, toFloat } from '../core/tensors.js';
import { AdaptiveThreshold } from './adaptiveThreshold.js';
import { disposeState, replaceState } from './ownedState.js';
import { validateWtaConfig, type WtaConfig } from './wtaConfig.js';

/**
 * What went through a competition since `resetStatistics`.
 *
 * @property totalSpikes    spikes that came in.
 * @property totalWinners   winners that came out.
 * @property presentations  stimuli, counting each row of a batch.
 */
export interface WtaStatistics {
  readonly totalSpikes: number;
  readonly totalWinners: number;
  readonly presentations: number;
}

/** Counts stay on the device as int32 [spikes, winners]: `forward` never waits for them. */
interface Owned {
  readonly winnerMask: tf.Tensor | null;
  readonly counts: tf.Tensor;
  readonly presentations: number;
}

const where = 'WTAInhibition';
const nothing = (): Owned => ({ winnerMask: null, counts: tf.zeros([2], 'int32'), presentations: 0 });

/**
 * Winner-take-all over whole layers, with homeostasis and statistics: {@link wtaGlobal} and {@link wtaLocal} with
 * their state. It owns tensors: `dispose` it when done. Tensors that it returns are the caller's.
 *
 * Source: spikeseg `WTAInhibition`. Its page says that forward returns the mask, its code returns the membrane; here
 * both are returned. It counts spikes after the competition, which makes the ratio 1 always; here those that came in.
 *
 * @example
 * const wta = new WTAInhibition({ mode: 'global' }, 1, [1, 2]);
 * const { winnerMask } = wta.forward(tf.ones([1, 1, 2, 1]), tf.tensor4d([1, 2], [1, 1, 2, 1]));
 * winnerMask.print();        // => [[[[0], [1]]]]
 * await wta.winnerRatio();   // => 0.5
 * wta.dispose();
 */
export class WTAInhibition {
  /** The complete configuration. */
  readonly config: WtaConfig;
  readonly #homeostasis: AdaptiveThreshold | undefined;
  #owned: Owned = replaceState(undefined, nothing());

  /**
   * @param config            fields that differ from {@link wtaConfigDefaults}.
   * @param nChannels         feature maps; needed for homeostasis.
   * @param spatialShape      [height, width] of a map; needed for homeostasis.
   * @param initialThreshold  where adaptive thresholds start. Default 10.
   * @throws {StdpError} when a field is out of range, or the layer's size is missing with homeostasis on.
   */
  constructor(config?: Partial<WtaConfig>, nChannels?: number, spatialShape?: readonly [number, number], initialThreshold = 10) {
    this.config = orThrow(validateWtaConfig(config, where));
    if (!this.config.enableHomeostasis) return;
    const { targetRate, homeostasisRate: learningRate, thresholdMin, thresholdMax } = this.config;
    const problem = () => 'and spatialShape are needed with enableHomeostasis';
    ensure(nChannels !== undefined && spatialShape !== undefined, where, 'nChannels', problem);
    const params = { initialThreshold, targetRate, learningRate, thresholdMin, thresholdMax };
    this.#homeostasis = new AdaptiveThreshold(nChannels, spatialShape, params);
  }

  /**
   * Lets one presentation (or a batch of them) compete, then adapts thresholds and counts.
   *
   * Adaptive thresholds are meant for the neurons that make the spikes (see `getThresholds`) and drop nothing here. A
   * `threshold` given here does: a spike whose potential is below it takes no part.
   *
   * @param spikes            [B, H, W, C].
   * @param membrane          potentials after the reset, the shape of `spikes`.
   * @param preResetMembrane  potentials that made the spikes; they decide ties and `threshold`. Default `membrane`.
   * @param threshold         a number, or a tensor that broadcasts to `spikes`. Default: none.
   * @returns spikes that remain, inhibited membrane and winners.
   * @throws {StdpError} when shapes differ.
   */
  forward(
    spikes: tf.TensorLike | tf.Tensor,
    membrane: tf.TensorLike | tf.Tensor,
    preResetMembrane: tf.TensorLike | tf.Tensor = membrane,
    threshold?: number | tf.Tensor,
  ): WtaResult {
    const { result, owned } = tidily(() => {
      const given = toFloat(spikes, where, 'spikes');
      const potential = toFloat(preResetMembrane, where, 'preResetMembrane');
      const strong = threshold === undefined ? given : tf.mul(given, floats(tf.greaterEqual(potential, threshold)));
      const winners = this.#compete(strong, toFloat(membrane, where, 'membrane'), potential);
      this.#homeostasis?.update(winners.spikes);
      return { result: winners, owned: this.#counted(given, winners.winnerMask) };
    });
    this.#owned = replaceState(this.#owned, owned);
    return result;
  }

  /** The winners of the latest `forward`, if there was one. */
  getWinnerMask(): Option<tf.Tensor> {
    return map((mask: tf.Tensor) => tf.clone(mask))(fromNullable(this.#owned.winnerMask));
  }

  /** The adaptive thresholds repeated for a batch, [batch, H, W, C]; none without homeostasis. */
  getThresholds(batch = 1): Option<tf.Tensor> {
    return map((homeostasis: AdaptiveThreshold) => homeostasis.getThresholds(batch))(fromNullable(this.#homeostasis));
  }

  /** Counts since the last reset. */
  async statistics(): Promise<WtaStatistics> {
    const { counts, presentations } = this.#owned;
    const [totalSpikes = 0, totalWinners = 0] = await counts.data();
    return { totalSpikes, totalWinners, presentations };
  }

  /** Winners per spike that came in; 0 before the first spike. */
  async winnerRatio(): Promise<number> {
    const { totalSpikes, totalWinners } = await this.statistics();
    return totalWinners / Math.max(totalSpikes, 1);
  }

  /** Starts counts and firing rates anew; thresholds and the latest winners stay. */
  resetStatistics(): void {
    const { winnerMask } = this.#owned;
    this.#owned = replaceState(
      this.#owned,
      tidily(() => ({ ...nothing(), winnerMask: winnerMask === null ? null : tf.clone(winnerMask) })),
    );
    this.#homeostasis?.resetStatistics();
  }

  /** Lets go of its tensors. */
  dispose(): void {
    disposeState(this.#owned);
    this.#homeostasis?.dispose();
  }

  #compete(spikes: tf.Tensor, membrane: tf.Tensor, potential: tf.Tensor): WtaResult {
    const { mode, localRadius } = this.config;
    if (mode === 'local') return wtaLocal(spikes, membrane, localRadius);
    const winners = wtaGlobal(spikes, membrane, potential);
    return mode === 'global' ? winners : wtaLocal(winners.spikes, winners.membrane, localRadius);
  }

  #counted(spikes: tf.Tensor, winnerMask: tf.Tensor): Owned {
    const { counts, presentations } = this.#owned;
    const kept = { winnerMask: tf.clone(winnerMask) };
    if (!this.config.trackStatistics) return { ...kept, counts: tf.clone(counts), presentations };
    const seen = tf.cast(tf.stack([tf.sum(tf.step(spikes)), tf.sum(winnerMask)]), 'int32');
    const batch = spikes.rank === 3 ? 1 : (spikes.shape[0] ?? 0);
    return { ...kept, counts: tf.add(counts, seen), presentations: presentations + batch };
  }
}
