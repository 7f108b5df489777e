import type { LatencyStdpParams } from '../../../src/rules/latencyParams.js';
import { latencyStdp } from '../../../src/rules/latencyStdp.js';
import { rewardStdp } from '../../../src/rules/rewardStdp.js';
import { conv2d } from '../../../src/topologies/conv2d.js';
import type { Family } from '../families.js';
import type { GoldenCase } from '../load.js';

/** [a⁺, a⁻] or a list of them: the peer's a⁻ is negative. */
export function latencyParams({ params }: GoldenCase): LatencyStdpParams {
  const rates = params.learning_rate as readonly number[] | readonly (readonly number[])[];
  const pairs = (Array.isArray(rates[0]) ? rates : [rates]) as readonly (readonly number[])[];
  const column = (index: number, sign: number): number[] => pairs.map((pair) => sign * (pair[index] ?? 0));
  const single = pairs.length === 1;
  return {
    etaPlus: single ? (column(0, 1)[0] ?? 0) : column(0, 1),
    etaMinus: single ? (column(1, -1)[0] ?? 0) : column(1, -1),
    wMin: params.lower_bound ?? 0,
    wMax: params.upper_bound ?? 1,
    weightDependence: params.use_stabilizer === false || params.use_stabilizer === 0 ? 'additive' : 'soft',
  };
}

/** Of two winners in one map the last decides in the peer, in the rules each learns. Weights beyond the bounds are clamped in every step. */
const apart = ['spyketorch_stdp__same_feature_twice', 'spyketorch_stdp__bounds'];
const cases = 'spyketorch_stdp__';

/** Step by step, the winners alone firing. */
export const latency: Family = { cases, apart, rule: (golden) => latencyStdp(latencyParams(golden), conv2d()) };

/** The same, settled at the end: a punishment has the rates of a reward. */
export const reward: Family = {
  cases,
  apart,
  rule: (golden) => {
    const { etaPlus, etaMinus, ...shared } = latencyParams(golden);
    return rewardStdp({ ...shared, etaPlus, etaMinus, punishedEtaPlus: etaPlus, punishedEtaMinus: etaMinus }, conv2d());
  },
};

export const families: readonly Family[] = [latency, reward];
