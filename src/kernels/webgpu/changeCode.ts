import { type ChangeConstants, dependenceCodes } from '../constants.js';

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
fn factor(headroom : Lanes, rest : Lanes) -> Lanes { ${factorCode(code)} }
fn changed(w : Lanes, plus : Lanes, minus : Lanes) -> Lanes {
  let up = uniforms.wMax - w;
  let down = w - uniforms.wMin;
  let change = fma(uniforms.etaPlus * factor(up, down), plus, -((uniforms.etaMinus * factor(down, up)) * minus));
  return clamp(w + change, Lanes(uniforms.low), Lanes(uniforms.high));
}`;

function factorCode(code: number): string {
  const power = (base: string): string => `pow(max(${base}, Lanes(1e-30)), Lanes(uniforms.mu))`;
  switch (code) {
    case dependenceCodes.step:
      return 'return select(Lanes(0.0), Lanes(1.0), headroom > Lanes(0.0));';
    case dependenceCodes.linear:
      return 'return headroom;';
    case dependenceCodes.relu:
      return 'return max(headroom, Lanes(0.0));';
    case dependenceCodes.soft:
      return 'return headroom * rest;';
    case dependenceCodes.root:
      return 'return sqrt(max(headroom, Lanes(0.0)));';
    case dependenceCodes.power:
      return `return select(Lanes(0.0), ${power('headroom')}, headroom > Lanes(0.0));`;
    case dependenceCodes.oddPower:
      return `return select(Lanes(0.0), sign(headroom) * ${power('abs(headroom)')}, headroom != Lanes(0.0));`;
    case dependenceCodes.evenPower:
      return `return select(Lanes(0.0), ${power('abs(headroom)')}, headroom != Lanes(0.0));`;
    default:
      return 'return Lanes(1.0);';
  }
}
