import * as tf from '@tensorflow/tfjs-core';
import { computeConvergenceMetric, hasConverged } from '../competition/convergence.js';
import { ensure, inName, inNameLater, orThrow } from '../core/errors.js';
import { frozenCopy } from '../core/frozen.js';
import { aRecord, ensureIs, nothingMore } from '../core/params/validation.js';
import { aSeed, randomNormal, type Seed } from '../core/random.js';
import { checkShape } from '../core/shapes.js';
import { showShape } from '../core/show.js';
import { ensureBackend, sameShape, tidily, toFloat } from '../core/tensors.js';
import { type BatchUpdateOptions, computeStdpBatchUpdate } from '../rules/latency/computeStdpBatchUpdate.js';
import { computeStdpUpdate } from '../rules/latency/computeStdpUpdate.js';
import { extractReceptiveFieldTimes } from '../traces/receptiveFieldTimes.js';
import { carried } from './state/restored.js';
import { boundsOf, ruleParamsOf, type StdpConfig, stdpConfigFromPaper, stdpConfigSchema } from './stdpConfig.js';
import { added, countsOf, noCounts, restoredStats, type StdpStats } from './stdpStats.js';

/**
 * Order-based STDP with bounds, statistics and a convergence criterion. Weights stay the caller's: every method returns
 * new tensors, and nothing is changed in place. The learner itself holds numbers only.
 *
 * Source: spikeseg `STDPLearner`. Its `inplace` flag has no counterpart: assign the returned weights instead.
 *
 * @example
 * const learner = new STDPLearner(stdpConfigFromPaper('kheradpisheh2018'));
 * const [w, preTimes] = [learner.initializeWeights([5, 5, 2]), tf.ones([8, 8, 2])];
 * const winner = { y: 1, x: 2, time: 3 };
 * const changed = await learner.updateWeightsForWinner(w, preTimes, winner.time, winner.y, winner.x, 5);
 * changed.shape;        // => [5, 5, 2]
 * learner.stats.nLtp;   // => 50
 */
export class STDPLearner {
  /** The complete configuration. */
  readonly config: StdpConfig;
  #counts = noCounts;
  #history: number[] = [];

  /**
   * @param config  fields that differ from {@link stdpConfigDefaults}. Left out: Kheradpisheh et al. 2018.
   * @throws {StdpError} when a field is unknown or out of range.
   */
  constructor(config: Partial<StdpConfig> = stdpConfigFromPaper('kheradpisheh2018'), ...more: readonly never[]) {
    nothingMore(more, where, 'new STDPLearner(config)');
    this.config = frozenCopy(orThrow(stdpConfigSchema.validate(config, where)), where, 'config');
  }

  /**
   * Weights from N(weightInitMean, weightInitStd²), cut at the bounds.
   *
   * @param seed  the same seed gives the same weights. Default 0.
   * @throws {StdpError} when it is no shape or no seed.
   */
  initializeWeights(shape: readonly number[], seed: Seed = 0, ...more: readonly never[]): tf.Tensor {
    nothingMore(more, where, 'initializeWeights(shape, seed)');
    ensureBackend(where);
    const { weightInitMean, weightInitStd, wMin, wMax } = this.config;
    const size = tf.util.sizeFromShape([...checkShape(shape, where, 'shape')]);
    ensureIs(aSeed, seed, where, 'seed');
    const drawn = randomNormal(size, seed, weightInitMean, weightInitStd);
    return tidily(() => tf.clipByValue(tf.tensor(drawn, [...shape]), wMin, wMax));
  }

  /** {@link computeStdpUpdate} with this configuration; neither applied nor counted. */
  computeUpdate(
    w: tf.TensorLike | tf.Tensor,
    preTimes: tf.TensorLike | tf.Tensor,
    postTime: number | tf.Tensor,
    ...more: readonly never[]
  ): tf.Tensor {
    nothingMore(more, where, 'computeUpdate(w, preTimes, postTime)');
    return inName(where, () => computeStdpUpdate(w, preTimes, postTime, ruleParamsOf(this.config)));
  }

  /**
   * {@link computeStdpBatchUpdate} with this configuration: Δw averaged over the updates of each map, such that w + Δw
   * stays in the bounds. Not applied; counted as one update.
   *
   * @param w           [kh, kw, in, out].
   * @param preTimes    [B, H, W, in].
   * @param postTimes   [B, OH, OW, out].
   * @param winnerMask  [B, OH, OW, out]; left out, every output that fired learns.
   */
  async computeBatchUpdate(
    w: tf.TensorLike | tf.Tensor,
    preTimes: tf.TensorLike | tf.Tensor,
    postTimes: tf.TensorLike | tf.Tensor,
    winnerMask?: tf.TensorLike | tf.Tensor,
    options: Omit<BatchUpdateOptions, 'winnerMask'> = {},
    ...more: readonly never[]
  ): Promise<tf.Tensor> {
    nothingMore(more, where, 'computeBatchUpdate(w, preTimes, postTimes, winnerMask, options)');
    return inNameLater(where, async () => {
      ensureIs(aRecord, options, where, 'options');
      const astray = (options as BatchUpdateOptions).winnerMask !== undefined;
      ensure(!astray, where, 'options.winnerMask', () => 'is not read: the mask is the fourth argument');
      const weights = tidily(() => tf.clone(toFloat(w, where, 'w')));
      try {
        const [all, params] = [{ ...options, winnerMask }, ruleParamsOf(this.config)];
        const delta = await computeStdpBatchUpdate(weights, preTimes, postTimes, all, params);
        const changed = tidily(() => tf.add(weights, delta));
        return await this.#recorded(delta, changed, delta);
      } finally {
        weights.dispose();
      }
    });
  }

  /**
   * The weights of one map after its neuron at (winnerY, winnerX) won: clip(w + Δw) to the bounds, with either rule.
   *
   * @param w           weights of that one map, [kh, kw, in].
   * @param preTimes    first spike times of the inputs, [H, W, in].
   * @param postTime    first spike time of the winner.
   * @param kernelSize  side of the kernel, or [kh, kw].
   * @returns new weights, [kh, kw, in].
   * @throws {StdpError} when `w` is not of one map or of another size, or the winner's field lies outside the image.
   */
  async updateWeightsForWinner(
    w: tf.TensorLike | tf.Tensor,
    preTimes: tf.TensorLike | tf.Tensor,
    postTime: number | tf.Tensor,
    winnerY: number,
    winnerX: number,
    kernelSize: number | readonly [number, number],
    stride = 1,
    padding = 0,
    ...more: readonly never[]
  ): Promise<tf.Tensor> {
    nothingMore(more, where, 'updateWeightsForWinner(w, preTimes, postTime, winnerY, winnerX, kernelSize, stride, padding)');
    return inNameLater(where, async () => {
      const [delta, changed] = tidily(() => {
        const weights = toFloat(w, where, 'w');
        const times = extractReceptiveFieldTimes(preTimes, winnerY, winnerX, kernelSize, stride, padding);
        const sizes = () => `has shape ${showShape(weights.shape)}, needs the weights of one map, ${showShape(times.shape)}`;
        ensure(sameShape(weights.shape, times.shape), where, 'w', sizes);
        const update = this.computeUpdate(weights, times, postTime);
        return [update, tf.clipByValue(tf.add(weights, update), this.config.wMin, this.config.wMax)] as const;
      });
      return await this.#recorded(delta, changed, changed);
    });
  }

  /** {@link hasConverged} of `w` between this learner's bounds and with its `convergenceThreshold`: weights outside pass for it. */
  async hasConverged(w: tf.TensorLike | tf.Tensor, ...more: readonly never[]): Promise<boolean> {
    nothingMore(more, where, 'hasConverged(w)');
    return inNameLater(where, () => hasConverged(w, this.config.convergenceThreshold, boundsOf(this.config)));
  }

  /** {@link computeConvergenceMetric} between this learner's bounds: with [0, 1] mean w(1 − w), as in the paper. */
  async getConvergence(w: tf.TensorLike | tf.Tensor, ...more: readonly never[]): Promise<number> {
    nothingMore(more, where, 'getConvergence(w)');
    return inNameLater(where, () => computeConvergenceMetric(w, boundsOf(this.config)));
  }

  /** Forgets the statistics. */
  resetStats(...more: readonly never[]): void {
    nothingMore(more, where, 'resetStats()');
    [this.#counts, this.#history] = [noCounts, []];
  }

  /** The statistics since the last reset. */
  get stats(): StdpStats {
    return { updateCount: this.updateCount, ...this.#counts, convergenceHistory: this.convergenceHistory };
  }

  /** What it holds, for `saveState`: its statistics. Weights are yours to keep. */
  carry(...more: readonly never[]): object {
    nothingMore(more, where, 'carry()');
    return carried({ ...this.stats, config: this.config });
  }

  /** Takes what {@link carry} gave, here or in a program before. */
  restore(carry: object, ...more: readonly never[]): void {
    nothingMore(more, where, 'restore(carry)');
    [this.#counts, this.#history] = restoredStats(carry, { config: this.config }, where);
  }

  /** Updates since the last reset. */
  get updateCount(): number {
    return this.#history.length;
  }

  /** The metric after each update since the last reset. */
  get convergenceHistory(): readonly number[] {
    return [...this.#history];
  }

  /** Counts an update; of both tensors only `result` stays, and none when the weights are not finite. */
  async #recorded(delta: tf.Tensor, changed: tf.Tensor, result: tf.Tensor): Promise<tf.Tensor> {
    try {
      const counts = await countsOf(delta, where);
      const metric = await this.getConvergence(changed);
      this.#counts = added(this.#counts, counts);
      this.#history.push(metric);
      return tf.clone(result);
    } finally {
      tf.dispose([delta, changed]);
    }
  }
}

const where = 'STDPLearner';
