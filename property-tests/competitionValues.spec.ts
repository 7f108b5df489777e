import fc from 'fast-check';
import { none, some } from 'fp-ts/lib/Option.js';
import { describe } from 'vitest';
import * as library from '../src/entries/everything.js';
import { eighth, held, Numbers, numbers, size, spike, testValues } from './rightValues.js';

const { constant, constantFrom, integer, record, tuple } = fc;

const countOf = (sizes: readonly number[]): number => sizes.reduce((product, length) => product * length, 1);
const at = ({ values }: Numbers, index: number): number => values[index] ?? Number.NaN;
const some3 = integer({ min: 1, max: 3 });
const layers = fc.oneof(tuple(size, size, size, size), tuple(size, size, size));

/** Height, width, maps and place of an entry of `[…, H, W, C]`. */
function placeIn(shape: readonly number[], index: number) {
  const [height = 1, width = 1, maps = 1] = shape.slice(-3);
  const place = Math.floor(index / maps) % (height * width);
  return {
    image: Math.floor(index / (height * width * maps)),
    y: Math.floor(place / width),
    x: place % width,
    map: index % maps,
  };
}

const maps = (shape: readonly number[], value: (place: ReturnType<typeof placeIn>, index: number) => number) =>
  held(
    shape,
    Array.from({ length: countOf(shape) }, (_, index) => value(placeIn(shape, index), index)),
  );

/** A wave that stays once it is there, as [T, H, W, C]. */
const wave = tuple(size, size, size, size).chain((shape) =>
  tuple(numbers(shape.slice(1), constantFrom(0, 1, 2, 9)), numbers(shape.slice(1), integer({ min: 1, max: 9 }))).map(
    ([times, heights]) => {
      const neurons = countOf(shape.slice(1));
      return new Numbers(
        shape,
        Array.from({ length: countOf(shape) }, (_, index) =>
          Math.floor(index / neurons) >= at(times, index % neurons) ? at(heights, index % neurons) : 0,
        ),
        times.form,
      );
    },
  ),
);

describe('inhibition', () => {
  const inhibited = tuple(some3, some3, some3).chain(([height, width, channels]) =>
    tuple(
      numbers([height, width, channels], eighth),
      record({
        channel: integer({ min: 0, max: channels - 1 }),
        y: integer({ min: 0, max: height - 1 }),
        x: integer({ min: 0, max: width - 1 }),
      }),
      record({ radius: integer({ min: 0, max: 4 }), keepWinner: fc.boolean() }),
    ),
  );
  testValues('applyLateralInhibition', library.applyLateralInhibition, inhibited, (potentials, winner, { radius, keepWinner }) =>
    maps(potentials.shape, ({ y, x, map }, index) => {
      const isNear = Math.abs(y - winner.y) <= radius && Math.abs(x - winner.x) <= radius;
      const isWinner = y === winner.y && x === winner.x && map === winner.channel;
      return isNear && !(keepWinner && isWinner) ? 0 : at(potentials, index);
    }),
  );
  testValues(
    'featureInhibition',
    library.featureInhibition,
    tuple(fc.oneof(layers, tuple(some3)), fc.boolean()).chain(([shape, any]) =>
      tuple(numbers(shape, eighth), constant(any && (shape.at(-1) ?? 0) > 0 ? [0] : [])),
    ),
    (potentials, features) =>
      held(
        potentials.shape,
        potentials.values.map((value, index) =>
          features.some((feature) => feature === index % (potentials.shape.at(-1) ?? 1)) ? 0 : value,
        ),
      ),
  );
  testValues('pointwiseInhibition', library.pointwiseInhibition, tuple(wave), (potentials) => {
    const [steps = 0, , , channels = 0] = potentials.shape;
    const neurons = countOf(potentials.shape.slice(1));
    return maps(potentials.shape, ({ map }, index) => {
      const start = (index % neurons) - map;
      const first = Array.from({ length: steps }, (_, step) => step).find((step) =>
        potentials.values.slice(step * neurons + start, step * neurons + start + channels).some((value) => value > 0),
      );
      if (first === undefined) return 0;
      const there = potentials.values.slice(first * neurons + start, first * neurons + start + channels);
      return there.indexOf(Math.max(...there)) === map ? at(potentials, index) : 0;
    });
  });
});

describe('winners', () => {
  const competing = layers.chain((shape) => tuple(numbers(shape, spike), numbers(shape, eighth)));
  /** The spiking neurons with the highest potential of their map. */
  const best = (spikes: Numbers, potential: Numbers, least = Number.NEGATIVE_INFINITY) =>
    maps(spikes.shape, ({ image, map }, index) => {
      const rivals = spikes.values.flatMap((value, other) => {
        const place = placeIn(spikes.shape, other);
        return value > 0 && at(potential, other) > least && place.image === image && place.map === map ? [other] : [];
      });
      const highest = Math.max(...rivals.map((other) => at(potential, other)));
      return rivals.find((other) => at(potential, other) === highest) === index ? 1 : 0;
    });
  const cleared = (membrane: Numbers, winners: ReturnType<typeof held>) =>
    maps(membrane.shape, ({ image, map }, index) => {
      const won = winners.values.some((value, other) => {
        const place = placeIn(membrane.shape, other);
        return value === 1 && place.image === image && place.map === map;
      });
      return won ? 0 : at(membrane, index);
    });
  testValues('wtaGlobal', library.wtaGlobal, competing, (spikes, membrane) => {
    const winnerMask = best(spikes, membrane);
    return { spikes: winnerMask, membrane: cleared(membrane, winnerMask), winnerMask };
  });
  testValues('wtaByMembrane', library.wtaByMembrane, competing, (spikes, membrane) => {
    const winnerMask = best(spikes, membrane, 0);
    return { spikes: winnerMask, membrane: cleared(membrane, winnerMask), winnerMask };
  });
  testValues(
    'wtaLocal',
    library.wtaLocal,
    tuple(layers, constantFrom(0, 1, 2, 5)).chain(([shape, radius]) =>
      tuple(numbers(shape, spike), numbers(shape, eighth), constant(radius)),
    ),
    (spikes, membrane, radius) => {
      const same = held(spikes.shape, spikes.values);
      const quiet = maps(membrane.shape, ({ image, y, x }, index) => {
        const inhibited = spikes.values.some((value, other) => {
          const place = placeIn(spikes.shape, other);
          return value > 0 && place.image === image && Math.abs(place.y - y) <= radius && Math.abs(place.x - x) <= radius;
        });
        return inhibited ? 0 : at(membrane, index);
      });
      return { spikes: same, membrane: quiet, winnerMask: same };
    },
  );

  const seen = tuple(size, size, size, size).chain((shape) =>
    tuple(numbers(shape, spike), numbers(shape.slice(1), integer({ min: 0, max: 3 }))),
  );
  testValues('findWtaWinner', library.findWtaWinner, seen, ({ shape, values }, potentials) => {
    const first = values.findIndex((value) => value > 0);
    if (first < 0) return none;
    const [, height = 0, width = 0, channels = 0] = shape;
    const neurons = height * width * channels;
    const time = Math.floor(first / neurons);
    const tied = Array.from({ length: neurons }, (_, neuron) => neuron).filter(
      (neuron) => (values[time * neurons + neuron] ?? 0) > 0,
    );
    const order = (neuron: number) => (neuron % channels) * height * width + Math.floor(neuron / channels);
    const [winner = 0] = tied.sort((a, b) => at(potentials, b) - at(potentials, a) || order(a) - order(b));
    const { y, x, map } = placeIn(shape, winner);
    return some({ channel: map, y, x, time });
  });
  testValues(
    'getKWinners',
    library.getKWinners,
    tuple(wave, record({ k: some3, inhibitionRadius: integer({ min: 0, max: 2 }) })),
  );
  const hosted = wave.chain(({ shape, values }) => {
    const [steps = 0, height = 0, width = 0, channels = 0] = shape;
    return tuple(
      constant(Float32Array.from(values)),
      constant({ steps, height, width, maps: channels }),
      record({ threshold: constantFrom(0.5, 4.5), winners: some3, inhibitionRadius: integer({ min: 0, max: 2 }) }),
    );
  });
  testValues('latencyWinners', library.latencyWinners, hosted);
});

describe('weights', () => {
  const shape = fc.oneof(tuple(size, size), tuple(size, size, size, size));
  testValues(
    'normalizeWeights',
    library.normalizeWeights,
    tuple(shape, constantFrom(0.5, 2, 78)).chain(([sizes, norm]) => tuple(numbers(sizes, eighth), constant(norm))),
    ({ shape: sizes, values }, norm) => {
      const outputs = sizes.at(-1) ?? 1;
      const total = (output: number) =>
        values.reduce((sum, value, index) => (index % outputs === output ? sum + Math.abs(value) : sum), 0);
      return held(
        sizes,
        values.map((value, index) => (value === 0 ? 0 : (value * norm) / total(index % outputs))),
      );
    },
  );
  const bounds = record({ wMin: constantFrom(-1, 0), wMax: constantFrom(1, 10) });
  const metric = ({ values }: Numbers, { wMin, wMax }: { readonly wMin: number; readonly wMax: number }) =>
    values.reduce((sum, w) => sum + (w - wMin) * (wMax - w), 0) / Math.max(1, values.length) / (wMax - wMin) ** 2;
  const weights = fc.oneof(shape, tuple(size)).chain((sizes) => numbers(sizes, eighth));
  testValues('computeConvergenceMetric', library.computeConvergenceMetric, tuple(weights, bounds), metric);
  testValues(
    'hasConverged',
    library.hasConverged,
    tuple(weights, constantFrom(0.01, 0.2), bounds),
    (w, threshold, limits) => metric(w, limits) < threshold - 1e-9,
  );
});

describe('statistics', () => {
  const layer = tuple(size, size, size);
  const thresholds = {
    targetRate: constantFrom(0.1, 0.5),
    learningRate: constantFrom(0.01, 1),
    thresholdMin: constant(1),
    thresholdMax: constant(20),
  };
  testValues(
    'initAdaptiveThreshold',
    library.initAdaptiveThreshold,
    tuple(layer, record({ initialThreshold: constantFrom(5, 10) })),
    (shape, { initialThreshold }) => ({
      threshold: maps(shape, () => initialThreshold),
      spikeCount: maps(shape, () => 0),
      spikeCountRest: maps(shape, () => 0),
      presentations: 0,
    }),
  );
  const count = constantFrom(0, 3, 2 ** 24, 2 ** 24 + 2, 2 ** 30);
  const rest = constantFrom(0, 0, 1);
  const state = (shape: readonly number[]) =>
    record(
      {
        threshold: numbers(shape, integer({ min: 1, max: 20 })),
        spikeCount: numbers(shape, count),
        spikeCountRest: numbers(shape, rest),
        presentations: constantFrom(0, 5, 2 ** 24 + 1, 2 ** 31),
      },
      { requiredKeys: ['threshold', 'spikeCount', 'presentations'] },
    );
  const updated = tuple(size, layer).chain(([batch, shape]) =>
    tuple(numbers([batch, ...shape], spike), state(shape), record({ initialThreshold: constant(10), ...thresholds })),
  );
  /** The sum in float32 and what is left. */
  const counts = (sum: Numbers, left: Numbers | undefined, batch: Numbers) => {
    const neurons = sum.values.length;
    const all = sum.values.map((value, neuron) => {
      const added = batch.values.reduce((total, entry, index) => (index % neurons === neuron ? total + entry : total), 0);
      return value + (left === undefined ? 0 : at(left, neuron)) + added;
    });
    return {
      sum: held(sum.shape, all.map(Math.fround)),
      rest: held(
        sum.shape,
        all.map((total) => total - Math.fround(total)),
      ),
      all,
    };
  };
  testValues('adaptiveThresholdStep', library.adaptiveThresholdStep, updated, (spikes, before, params) => {
    const presentations = before.presentations + (spikes.shape[0] ?? 0);
    const next = counts(before.spikeCount, before.spikeCountRest, spikes);
    const threshold = before.threshold.values.map((value, neuron) => {
      if (spikes.values.length === 0) return value;
      const moved = value * (1 + params.learningRate * ((next.all[neuron] ?? 0) / presentations - params.targetRate));
      return Math.min(Math.max(moved, params.thresholdMin), params.thresholdMax);
    });
    return { threshold: held(before.threshold.shape, threshold), spikeCount: next.sum, spikeCountRest: next.rest, presentations };
  });
  testValues('getFiringRates', library.getFiringRates, tuple(layer.chain(state)), ({ spikeCount, presentations }) =>
    held(
      spikeCount.shape,
      spikeCount.values.map((value) => value / Math.max(1, presentations)),
    ),
  );
  testValues('resetFiringStatistics', library.resetFiringStatistics, tuple(layer.chain(state)), ({ threshold }) => {
    const zeros = held(
      threshold.shape,
      threshold.values.map(() => 0),
    );
    return { threshold: held(threshold.shape, threshold.values), spikeCount: zeros, spikeCountRest: zeros, presentations: 0 };
  });

  const tracker = (shape: readonly number[]) =>
    record(
      {
        winCounts: numbers(shape, count),
        winCountsRest: numbers(shape, rest),
        deltaMagnitude: numbers(shape.slice(-1), constantFrom(0, 0.5)),
      },
      { requiredKeys: ['winCounts', 'deltaMagnitude'] },
    );
  testValues('initConvergenceTracker', library.initConvergenceTracker, tuple(layer), (shape) => ({
    winCounts: maps(shape, () => 0),
    winCountsRest: maps(shape, () => 0),
    deltaMagnitude: held([shape[2]], Array(shape[2]).fill(0)),
  }));
  const won = tuple(size, layer).chain(([batch, shape]) =>
    tuple(numbers([batch, ...shape], spike), tracker(shape), numbers([2, 1, 1, shape[2]], eighth)),
  );
  testValues('convergenceTrackerStep', library.convergenceTrackerStep, won, (mask, before, deltas) => {
    const next = counts(before.winCounts, before.winCountsRest, mask);
    const [channels = 0] = before.deltaMagnitude.shape;
    const magnitude = before.deltaMagnitude.values.map((old, map) => {
      const hasWon = mask.values.some((value, index) => value > 0 && index % channels === map);
      return hasWon ? (Math.abs(at(deltas, map)) + Math.abs(at(deltas, channels + map))) / 2 : old;
    });
    return { winCounts: next.sum, winCountsRest: next.rest, deltaMagnitude: held([channels], magnitude) };
  });
  testValues(
    'getConvergedMask',
    library.getConvergedMask,
    tuple(
      layer.chain(tracker),
      record({ minWins: constantFrom(1, 3, 2 ** 24 + 1, 2 ** 24 + 3), deltaThreshold: constantFrom(0.1, 0.6) }),
    ),
    ({ winCounts, winCountsRest, deltaMagnitude }, { minWins, deltaThreshold }) => {
      const { all } = counts(winCounts, winCountsRest, new Numbers([0], []));
      return maps(winCounts.shape, ({ map }, index) =>
        Number((all[index] ?? 0) >= minWins && at(deltaMagnitude, map) < deltaThreshold),
      );
    },
  );
});
