import type { ChangeConstants } from '../../constants.js';
import { factors, type PowerLanguage } from '../../dependences.js';

/** Uniforms of a change; `share` of each sample counts. */
export const changeUniforms = ({ etaPlus, etaMinus, mu, wMin, wMax, low, high }: ChangeConstants, share: number) => ({
  etaPlus: etaPlus * share,
  etaMinus: etaMinus * share,
  mu,
  wMin,
  wMax,
  low: Math.max(low, -greatest),
  high: Math.min(high, greatest),
});

/** WGSL has no infinite constants; no weight is beyond this. */
const greatest = 3.4e38;

/** What a thread changes at once: a weight, or four of a row. */
export type Lanes = 'f32' | 'vec4<f32>';

/**
 * WGSL of a change:
 *
 *     changed(w, plus, minus) = clamp( w + (etaPlus·f₊(w))·plus − (etaMinus·f₋(w))·minus )
 */
export const changeCode = ({ code }: ChangeConstants, lanes: Lanes = 'f32'): string => `
alias Lanes = ${lanes};
fn factor(headroom : Lanes, rest : Lanes) -> Lanes { return ${factors[code]?.[1](language)}; }
fn changed(w : Lanes, plus : Lanes, minus : Lanes) -> Lanes {
  let up = uniforms.wMax - w;
  let down = w - uniforms.wMin;
  let change = fma(uniforms.etaPlus * factor(up, down), plus, -((uniforms.etaMinus * factor(down, up)) * minus));
  return clamp(w + change, Lanes(uniforms.low), Lanes(uniforms.high));
}`;

/** Factors in WGSL, whose powers of nothing need not be 0. */
const language: PowerLanguage<string> = {
  one: 'Lanes(1.0)',
  headroom: 'headroom',
  rest: 'rest',
  mu: 'Lanes(uniforms.mu)',
  times: (a, b) => `(${a} * ${b})`,
  positive: (a) => `select(Lanes(0.0), Lanes(1.0), ${a} > Lanes(0.0))`,
  relu: (a) => `max(${a}, Lanes(0.0))`,
  root: (a) => `sqrt(max(${a}, Lanes(0.0)))`,
  power: (a, mu) => `select(Lanes(0.0), pow(max(${a}, Lanes(1e-30)), ${mu}), ${a} > Lanes(0.0))`,
  abs: (a) => `abs(${a})`,
  signed: (a, sign) => `(sign(${sign}) * ${a})`,
};
