import type { LatencyStdpParams } from '../../../src/rules/latency/latencyStdp.js';
import { latencyStdp } from '../../../src/rules/latency/latencyStdp.js';
import { rewardStdp } from '../../../src/rules/reward/rewardStdp.js';
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

/** The winners of a case, [feature, row, column], given or found. */
export const listedWinners = ({ inputs, expected }: GoldenCase): readonly (readonly [number, number, number])[] =>
  inputs.winners ?? expected.winners ?? [];

/**
 * Of two winners in one map the last decides in the peer; in the rules each learns. And weights that begin beyond their
 * bounds are clamped in every step here, so that an additive change begins at the bound.
 */
const apart = (golden: GoldenCase): boolean => {
  const { wMin, wMax, weightDependence } = latencyParams(golden);
  const maps = listedWinners(golden).map(([map]) => map);
  const beyond = golden.inputs.weight.data.some((w: number) => w < Number(wMin) || w > Number(wMax));
  return new Set(maps).size < maps.length || (beyond && weightDependence === 'additive');
};
const cases = 'spyketorch_stdp__';

/** Step by step, the winners alone firing. */
export const latency = { cases, apart, rule: (golden: GoldenCase) => latencyStdp(latencyParams(golden), conv2d()) };

/** The same, settled at the end: a punishment has the rates of a reward. */
export const reward = {
  cases,
  apart,
  rule: (golden: GoldenCase) => {
    const { etaPlus, etaMinus, ...shared } = latencyParams(golden);
    return rewardStdp({ ...shared, etaPlus, etaMinus, punishedEtaPlus: etaPlus, punishedEtaMinus: etaMinus }, conv2d());
  },
};

export const families: readonly Family[] = [latency, reward];
