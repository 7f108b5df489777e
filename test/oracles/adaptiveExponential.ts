/** Membrane, adaptation current, spike after-current, threshold; and how many steps the potential stays clamped. */
export interface AdexState {
  readonly y: readonly [u: number, adaptation: number, after: number, threshold: number];
  readonly clamped: number;
}

const [capacity, leak, rest, slope] = [281, 30, -70.6, 2]; // pF, nS, mV, mV
const [tauAdaptation, tauAfter, tauThreshold] = [144, 40, 50]; // ms
const [coupling, jump, afterCurrent] = [4, 0.0805, 400]; // nS, pA, pA
const [thresholdRest, thresholdMax, reset, peak] = [-50.4, 30.4, -49.6, 33]; // mV
const clampSteps = 21; // 2 ms, the present step included

/** At rest. */
export const adexRest: AdexState = { y: [rest, 0, 0, thresholdRest], clamped: 0 };

function slopes([u, adaptation, after, threshold]: AdexState['y'], clamped: boolean): AdexState['y'] {
  const v = clamped ? peak : Math.min(u, peak);
  const upstroke = leak * slope * Math.exp((v - threshold) / slope);
  return [
    clamped ? 0 : (-leak * (v - rest) + upstroke - adaptation + after) / capacity,
    clamped ? 0 : (coupling * (v - rest) - adaptation) / tauAdaptation,
    -after / tauAfter,
    -(threshold - thresholdRest) / tauThreshold,
  ];
}

const along = (y: AdexState['y'], k: AdexState['y'], h: number): AdexState['y'] => [
  Math.min(y[0] + h * k[0], 1e6),
  y[1] + h * k[1],
  y[2] + h * k[2],
  y[3] + h * k[3],
];

function rungeKutta(y: AdexState['y'], clamped: boolean, h: number): AdexState['y'] {
  const a = slopes(y, clamped);
  const b = slopes(along(y, a, h / 2), clamped);
  const c = slopes(along(y, b, h / 2), clamped);
  const d = slopes(along(y, c, h), clamped);
  return along(
    y,
    [
      a[0] + 2 * b[0] + 2 * c[0] + d[0],
      a[1] + 2 * b[1] + 2 * c[1] + d[1],
      a[2] + 2 * b[2] + 2 * c[2] + d[2],
      a[3] + 2 * b[3] + 2 * c[3] + d[3],
    ],
    h / 6,
  );
}

/**
 * The adaptive exponential neuron of Clopath et al. 2010 over 0.1 ms: a spike holds the potential at its peak for 2 ms,
 * then resets it. `input` is added to the potential at the end of the step, in mV, unless it is held.
 */
export function adexStep({ y, clamped }: AdexState, input: number): AdexState {
  const next = rungeKutta(y, clamped > 0, 0.1);
  const u = clamped > 0 ? next[0] : next[0] + input;
  if (clamped === 0 && next[0] >= peak) return { y: [peak, next[1] + jump, afterCurrent, thresholdMax], clamped: clampSteps - 1 };
  return { y: [clamped === 1 ? reset : u, next[1], next[2], next[3]], clamped: Math.max(0, clamped - 1) };
}
