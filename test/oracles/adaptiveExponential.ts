/**
 * The adaptive exponential neuron of Clopath et al. 2010: membrane, adaptation current, spike after-current, threshold, and
 * the potential filtered by 10 and by 7 ms.
 *
 * @property clamped  steps that the potential is still held at its peak.
 */
export interface AdexState {
  readonly y: readonly [u: number, adaptation: number, after: number, threshold: number, uMinus: number, uPlus: number];
  readonly clamped: number;
}
type Y = AdexState['y'];

const [capacity, leak, rest, slope] = [281, 30, -70.6, 2]; // pF, nS, mV, mV
const [tauAdaptation, tauAfter, tauThreshold] = [144, 40, 50]; // ms
const [tauMinus, tauPlus] = [10, 7]; // ms
const [coupling, jump, afterCurrent] = [4, 0.0805, 400]; // nS, pA, pA
const [thresholdRest, thresholdMax, reset, peak] = [-50.4, 30.4, -49.6, 33]; // mV
const clampSteps = 20; // 2 ms
const step = 0.1; // ms

/** At rest. */
export const adexRest: AdexState = { y: [rest, 0, 0, thresholdRest, rest, rest], clamped: 0 };

function slopes([u, adaptation, after, threshold, uMinus, uPlus]: Y, clamped: boolean): Y {
  const v = clamped ? peak : Math.min(u, peak);
  const upstroke = leak * slope * Math.exp((v - threshold) / slope);
  return [
    clamped ? 0 : (-leak * (v - rest) + upstroke - adaptation + after) / capacity,
    clamped ? 0 : (coupling * (v - rest) - adaptation) / tauAdaptation,
    -after / tauAfter,
    -(threshold - thresholdRest) / tauThreshold,
    (v - uMinus) / tauMinus,
    (v - uPlus) / tauPlus,
  ];
}

const along = (y: Y, k: Y, h: number): Y => [
  Math.min(y[0] + h * k[0], 1e6),
  y[1] + h * k[1],
  y[2] + h * k[2],
  y[3] + h * k[3],
  y[4] + h * k[4],
  y[5] + h * k[5],
];

function rungeKutta(y: Y, clamped: boolean, h: number): Y {
  const a = slopes(y, clamped);
  const b = slopes(along(y, a, h / 2), clamped);
  const c = slopes(along(y, b, h / 2), clamped);
  const d = slopes(along(y, c, h), clamped);
  return along(along(along(along(y, a, h / 6), b, h / 3), c, h / 3), d, h / 6);
}

/**
 * One step of 0.1 ms: a spike holds the potential at its peak for 2 ms, then resets it. `input` is added to the potential
 * at the end of the step, in mV, unless it is held. The upstroke of a spike is over within a step and moves the filtered
 * potentials: there the step is taken in a hundred parts.
 */
export function adexStep({ y, clamped }: AdexState, input: number): AdexState {
  const held = clamped > 0;
  const parts = !held && y[0] > thresholdRest ? 100 : 1;
  let [now, spiked] = [y, false];
  for (let part = 0; part < parts; part++) {
    now = rungeKutta(now, held || spiked, step / parts);
    if (held || spiked || now[0] < peak) continue;
    spiked = true;
    now = [peak, now[1] + jump, afterCurrent, thresholdMax, now[4], now[5]];
  }
  if (spiked) return { y: now, clamped: clampSteps };
  const u = held ? (clamped === 1 ? reset : peak) : now[0] + input;
  return { y: [u, now[1], now[2], now[3], now[4], now[5]], clamped: Math.max(0, clamped - 1) };
}
