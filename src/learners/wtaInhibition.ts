import * as tf from '@tensorflow/tfjs-core';
import { fromNullable, map, type Option } from 'fp-ts/lib/Option.js';
import { type WtaResult, wtaGlobal, wtaLocal } from '../competition/winnerTakeAll.js';
import { ensure, inName, orThrow } from '../core/errors.js';
import { frozenCopy } from '../core/frozen.js';
import { nothingMore } from '../core/params/validation.js';
import { showShape } from '../core/show.js';
import { broadcastShape, ensureBackend, floats, sameShape, tidily, toFloat, toTimes } from '../core/tensors.js';
import { AdaptiveThreshold } from './adaptiveThreshold.js';
import { Owned } from './state/ownedState.js';
import { carried, restoredMade, restoredRecord, restoredTensor } from './state/restored.js';
import { type WtaConfig, wtaConfigSchema } from './wtaConfig.js';
import { countedWith, nothing, type WtaCounts } from './wtaCounts.js';

/** What went through a competition since `resetStatistics`. */
export interface WtaStatistics {
  /** Spikes that came in. */
  readonly totalSpikes: number;
  /** Winners that came out. */
  readonly totalWinners: number;
  /** Stimuli, counting each row of a batch. */
  readonly presentations: number;
}

/** What it counted, and the winners of the latest `forward`. */
interface Held extends WtaCounts {
  readonly winnerMask?: tf.Tensor | undefined;
}

const where = 'WTAInhibition';

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
  readonly #owned: Owned<Held>;

  /**
   * @param config            fields that differ from {@link wtaConfigDefaults}.
   * @param nChannels         feature maps; needed for homeostasis.
   * @param spatialShape      [height, width] of a map; needed for homeostasis.
   * @param initialThreshold  where adaptive thresholds start. Default 10.
   * @throws {StdpError} when a field is out of range, or the layer's size is missing with homeostasis on.
   */
  constructor(
    config?: Partial<WtaConfig>,
    nChannels?: number,
    spatialShape?: readonly [number, number],
    initialThreshold = 10,
    ...more: readonly never[]
  ) {
    nothingMore(more, where, 'new WTAInhibition(config, nChannels, spatialShape, initialThreshold)');
    this.config = frozenCopy(orThrow(wtaConfigSchema.validate(config, where)), where, 'config');
    ensureBackend(where);
    const { enableHomeostasis, targetRate, homeostasisRate: learningRate, thresholdMin, thresholdMax } = this.config;
    if (enableHomeostasis) {
      const problem = () => 'and spatialShape are needed with enableHomeostasis (which is on unless set to false)';
      ensure(nChannels !== undefined && spatialShape !== undefined, where, 'nChannels', problem);
      const params = { initialThreshold, targetRate, learningRate, thresholdMin, thresholdMax };
      this.#homeostasis = inName(where, () => new AdaptiveThreshold(nChannels, spatialShape, params));
    }
    this.#owned = new Owned<Held>(where, nothing());
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
    ...more: readonly never[]
  ): WtaResult {
    nothingMore(more, where, 'forward(spikes, membrane, preResetMembrane, threshold)');
    const before = this.#owned.now;
    const { result, counted } = inName(where, () =>
      tidily(() => {
        const given = toFloat(spikes, where, 'spikes');
        const potential = toFloat(preResetMembrane, where, 'preResetMembrane');
        const winners = this.#compete(strongOf(given, potential, threshold), toFloat(membrane, where, 'membrane'), potential);
        const next = this.config.trackStatistics ? countedWith(before, given, winners.winnerMask) : before;
        this.#homeostasis?.update(winners.spikes);
        return { result: winners, counted: { ...next, winnerMask: tf.clone(winners.winnerMask) } };
      }),
    );
    this.#owned.replace(counted);
    return result;
  }

  /** The winners of the latest `forward`, if there was one. */
  getWinnerMask(...more: readonly never[]): Option<tf.Tensor> {
    nothingMore(more, where, 'getWinnerMask()');
    return map((mask: tf.Tensor) => tf.clone(mask))(fromNullable(this.#owned.now.winnerMask));
  }

  /** The adaptive thresholds repeated for a batch, [batch, H, W, C]; none without homeostasis. */
  getThresholds(batch = 1, ...more: readonly never[]): Option<tf.Tensor> {
    nothingMore(more, where, 'getThresholds(batch)');
    this.#owned.now; // refuses when disposed
    const repeated = (homeostasis: AdaptiveThreshold) => inName(where, () => homeostasis.getThresholds(batch));
    return map(repeated)(fromNullable(this.#homeostasis));
  }

  /** Counts since the last reset. */
  async statistics(...more: readonly never[]): Promise<WtaStatistics> {
    nothingMore(more, where, 'statistics()');
    const { counts: sums, rest, presentations } = this.#owned.now;
    const [[spikes = 0, winners = 0], [moreSpikes = 0, moreWinners = 0]] = await Promise.all([sums.data(), rest.data()]);
    return { totalSpikes: spikes + moreSpikes, totalWinners: winners + moreWinners, presentations };
  }

  /** Winners per spike that came in; 0 before the first spike. */
  async winnerRatio(...more: readonly never[]): Promise<number> {
    nothingMore(more, where, 'winnerRatio()');
    const { totalSpikes, totalWinners } = await this.statistics();
    return totalWinners / Math.max(totalSpikes, 1);
  }

  /** Starts counts and firing rates anew; thresholds and the latest winners stay. */
  resetStatistics(...more: readonly never[]): void {
    nothingMore(more, where, 'resetStatistics()');
    const { winnerMask } = this.#owned.now;
    this.#owned.replace({ ...nothing(), winnerMask });
    this.#homeostasis?.resetStatistics();
  }

  /** What it and its thresholds hold, for `saveState`. The tensors stay its own, and go with its next step. */
  carry(...more: readonly never[]): object {
    nothingMore(more, where, 'carry()');
    const homeostasis = this.#homeostasis?.carry();
    return { ...carried({ ...this.#owned.now, config: this.config }), ...(homeostasis !== undefined && { homeostasis }) };
  }

  /** Takes what {@link carry} gave, here or in a program before: it goes on bit for bit. The tensors stay yours. */
  restore(carry: object, ...more: readonly never[]): void {
    nothingMore(more, where, 'restore(carry)');
    const { counts, rest, presentations } = this.#owned.now;
    const mine = ['counts', 'rest', 'presentations', 'config', ...(this.#homeostasis === undefined ? [] : ['homeostasis'])];
    const { winnerMask: mask, homeostasis, ...given } = restoredRecord(carry, mine, where, 'carry', ['winnerMask']);
    const made = { config: this.config };
    tidily(() => {
      const counted = restoredMade(given, { counts, rest, presentations }, made, where);
      const winnerMask = mask === undefined ? undefined : restoredTensor(mask, undefined, where, 'carry.winnerMask');
      inName(where, () => this.#homeostasis?.restore(Object(homeostasis)));
      this.#owned.replace({ ...counted, winnerMask });
    });
  }

  /** Lets go of its tensors. */
  dispose(): void {
    this.#owned.dispose();
    this.#homeostasis?.dispose();
  }

  #compete(spikes: tf.Tensor, membrane: tf.Tensor, potential: tf.Tensor): WtaResult {
    const { mode, localRadius } = this.config;
    if (mode === 'local') return wtaLocal(spikes, membrane, localRadius);
    const winners = wtaGlobal(spikes, membrane, potential);
    return mode === 'global' ? winners : wtaLocal(winners.spikes, winners.membrane, localRadius);
  }
}

/** The spikes whose potential reaches the threshold. */
function strongOf(spikes: tf.Tensor, potential: tf.Tensor, threshold: number | tf.Tensor | undefined): tf.Tensor {
  if (threshold === undefined) return spikes;
  const needed = toTimes(threshold, where, 'threshold');
  const shape = broadcastShape(needed.shape, spikes.shape) ?? [];
  const problem = () => `has shape ${showShape(needed.shape)}, which doesn't broadcast to spikes ${showShape(spikes.shape)}`;
  ensure(sameShape(shape, spikes.shape), where, 'threshold', problem);
  const fits = () => `has shape ${showShape(potential.shape)}, spikes have ${showShape(spikes.shape)}`;
  ensure(sameShape(potential.shape, spikes.shape), where, 'preResetMembrane', fits);
  return tf.mul(spikes, floats(tf.greaterEqual(potential, needed)));
}
