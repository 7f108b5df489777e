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

/** What is left of a trace after one step, before the present spikes. */
export const traceDecayShader = (shape: readonly number[], constants: TraceConstants): Shader => ({
  name: 'traceDecay',
  choices: [],
  inputs: ['Trace'],
  shape,
  uniforms: { decay: constants.decay },
  code: `fn main(index : i32) {
  if (index < uniforms.size) { result[index] = Trace[index] * uniforms.decay; }
}`,
});

/**
 * A trace through a train `[T, n]`: what it is worth at each step, with the present spikes or before them, `[T, n]`.
 */
export const traceHistoryShader = (steps: number, count: number, constants: TraceConstants, present: boolean): Shader => ({
  name: 'traceHistory',
  choices: [constants.nearest, present],
  inputs: ['Trace', 'Spikes'],
  shape: [steps, count],
  uniforms: { ...uniforms(constants), nSteps: steps, nCount: count },
  threads: count,
  code: `fn main(index : i32) {
  if (index >= uniforms.nCount) { return; }
  var x = Trace[index];
  for (var t = 0; t < uniforms.nSteps; t++) {
    let at = t * uniforms.nCount + index;
    let z = f32(Spikes[at]);
    ${present ? '' : 'result[at] = x * uniforms.decay;'}
    x = ${next(constants)};
    ${present ? 'result[at] = x;' : ''}
  }
}`,
});

/** A trace after a train `[T, n]`, `shape` of n values. */
export const traceEndShader = (shape: readonly number[], steps: number, count: number, constants: TraceConstants): Shader => ({
  name: 'traceEnd',
  choices: [constants.nearest],
  inputs: ['Trace', 'Spikes'],
  shape,
  uniforms: { ...uniforms(constants), nSteps: steps, nCount: count },
  code: `fn main(index : i32) {
  if (index >= uniforms.nCount) { return; }
  var x = Trace[index];
  for (var t = 0; t < uniforms.nSteps; t++) {
    let z = f32(Spikes[t * uniforms.nCount + index]);
    x = ${next(constants)};
  }
  result[index] = x;
}`,
});
