import type { Frame } from './protocol.js';

/** A rate at a time. */
export interface RatePoint {
  readonly time: number;
  readonly rate: number;
  readonly population: string;
}

/** Spikes of a stretch of time. */
export interface Stretch {
  readonly time: number;
  readonly spikes: Frame['spikes'];
}

/**
 * What the page remembers of a network.
 *
 * @property stretches  of the last {@link rasterSpan} ms.
 * @property weights    by projection: the least and the largest, and the shares of 32 bins between them, as they are now.
 */
export interface CircuitHistory {
  readonly time: number;
  readonly speed: number | undefined;
  readonly stretches: readonly Stretch[];
  readonly rates: readonly RatePoint[];
  readonly weights: { readonly [projection: string]: readonly number[] };
}

export const emptyHistory: CircuitHistory = { time: 0, speed: undefined, stretches: [], rates: [], weights: {} };

/** Milliseconds of the network that the raster shows. */
export const rasterSpan = 1000;
/** Points of rates that are kept; then every second one goes. */
const mostPoints = 1200;

/** The history with one frame more. */
export function withFrame(before: CircuitHistory, frame: Frame): CircuitHistory {
  const { stretches, rates, weights } = frame.anew ? emptyHistory : before;
  const points = Object.entries(frame.rates).flatMap(([population, { step, values }]) =>
    Array.from(step, (at, index) => ({ time: at * frame.dt, rate: Number(values[index]), population })),
  );
  const latest = Object.entries(frame.weights)
    .filter(([, { step }]) => step.length > 0)
    .map(([name, { values, width }]) => [name, [...values.slice(-width)]] as const);
  return {
    time: frame.time,
    speed: frame.speed,
    stretches: [...stretches, { time: frame.time, spikes: frame.spikes }].filter(({ time }) => time > frame.time - rasterSpan),
    rates: thinned([...rates, ...points]),
    weights: { ...weights, ...Object.fromEntries(latest) },
  };
}

/** Half of the points, evenly over each population, once there are too many. */
function thinned(points: readonly RatePoint[]): readonly RatePoint[] {
  if (points.length <= mostPoints) return points;
  const count = new Map<string, number>();
  return points.filter(({ population }) => {
    const index = count.get(population) ?? 0;
    count.set(population, index + 1);
    return index % 2 === 0;
  });
}
