import type { TraceConstants } from '../../constants.js';
import type { Shader } from './shader.js';

const uniforms = ({ decay, height }: TraceConstants) => ({ decay, height });

/** WGSL of one step of a trace `x` with a spike `z`. */
const next = ({ nearest }: TraceConstants): string =>
  `fma(z, uniforms.height, ${nearest ? 'select(x * uniforms.decay, 0.0, z != 0.0)' : 'x * uniforms.decay'})`;

/** A trace one step later, new or (reading `result`) in place. */
export const traceStepShader = (shape: readonly number[], constants: TraceConstants, inPlace: boolean): Shader => ({
  name: 'traceStep',
  choices: [constants.nearest, inPlace],
  inputs: inPlace ? ['Spikes'] : ['Trace', 'Spikes'],
  shape,
  uniforms: uniforms(constants),
  code: `fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let x = ${inPlace ? 'result' : 'Trace'}[index];
  let z = f32(Spikes[index]);
  result[index] = ${next(constants)};
}`,
});

/** A trace through a train `[T, n]`: what it was, and what it is after each step, `[T + 1, n]`. */
export const traceHistoryShader = (steps: number, count: number, constants: TraceConstants): Shader => ({
  name: 'traceHistory',
  choices: [constants.nearest],
  inputs: ['Trace', 'Spikes'],
  shape: [steps + 1, count],
  uniforms: { ...uniforms(constants), nSteps: steps, nCount: count },
  threads: count,
  code: `fn main(index : i32) {
  if (index >= uniforms.nCount) { return; }
  var x = Trace[index];
  result[index] = x;
  for (var t = 0; t < uniforms.nSteps; t++) {
    let at = t * uniforms.nCount + index;
    let z = f32(Spikes[at]);
    x = ${next(constants)};
    result[at + uniforms.nCount] = x;
  }
}`,
});
