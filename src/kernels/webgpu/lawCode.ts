import { type ChangeLaw, dependenceCodes } from '../laws.js';

/** Uniforms of a law; `share` of each sample counts. */
export const lawUniforms = ({ etaPlus, etaMinus, mu, wMin, wMax, low, high }: ChangeLaw, share: number) => ({
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

/**
 * WGSL of a law:
 *
 *     changed(w, plus, minus) = clamp( w + (etaPlus·f₊(w))·plus − (etaMinus·f₋(w))·minus )
 */
export const lawCode = ({ code }: ChangeLaw): string => `
fn factor(room : f32, rest : f32) -> f32 { ${factorCode(code)} }
fn changed(w : f32, plus : f32, minus : f32) -> f32 {
  let up = uniforms.wMax - w;
  let down = w - uniforms.wMin;
  let change = (uniforms.etaPlus * factor(up, down)) * plus - (uniforms.etaMinus * factor(down, up)) * minus;
  return clamp(w + change, uniforms.low, uniforms.high);
}`;

function factorCode(code: number): string {
  switch (code) {
    case dependenceCodes.step:
      return 'return select(0.0, 1.0, room > 0.0);';
    case dependenceCodes.linear:
      return 'return room;';
    case dependenceCodes.relu:
      return 'return max(room, 0.0);';
    case dependenceCodes.soft:
      return 'return room * rest;';
    case dependenceCodes.root:
      return 'return sqrt(max(room, 0.0));';
    case dependenceCodes.power:
      return 'return select(0.0, pow(max(room, 1e-30), uniforms.mu), room > 0.0);';
    case dependenceCodes.oddPower:
      return 'return select(0.0, sign(room) * pow(max(abs(room), 1e-30), uniforms.mu), room != 0.0);';
    case dependenceCodes.evenPower:
      return 'return select(0.0, pow(max(abs(room), 1e-30), uniforms.mu), room != 0.0);';
    default:
      return 'return 1.0;';
  }
}
