import type { ChangeLaw } from '../laws.js';
import { lawCode, lawUniforms } from './lawCode.js';
import type { Shader } from './shader.js';

/** Rows of w that one thread carries through all steps. */
const tile = 8;

/**
 * All steps of the pair rule on a dense w. A thread keeps the weights of eight rows of a column in registers from the first
 * step to the last, so that w is read and written once. Arrays are `[T, batch, n]`: the traces to pair with and the spikes.
 */
export const pairSeriesShader = (
  [rows, columns]: readonly [number, number],
  steps: number,
  batch: number,
  law: ChangeLaw,
  mean: boolean,
): Shader => {
  const each = (code: (row: number) => string) => Array.from({ length: tile }, (_, row) => code(row)).join('\n    ');
  return {
    name: 'pairSeries',
    choices: [law.code],
    inputs: ['W', 'TracePre', 'SpikesPre', 'TracePost', 'SpikesPost'],
    shape: [rows, columns],
    uniforms: { ...lawUniforms(law, mean ? 1 / batch : 1), nRows: rows, nColumns: columns, nSteps: steps, nBatch: batch },
    threads: Math.ceil(rows / tile) * columns,
    code: `${lawCode(law)}
fn main(index : i32) {
  let first = (index / uniforms.nColumns) * ${tile};
  let column = index % uniforms.nColumns;
  if (first >= uniforms.nRows) { return; }
  let last = uniforms.nRows - 1;
  ${each((row) => `let row${row} = min(first + ${row}, last);`)}
  ${each((row) => `var w${row} = W[row${row} * uniforms.nColumns + column];`)}
  for (var t = 0; t < uniforms.nSteps; t++) {
    ${each((row) => `var plus${row} = 0.0; var minus${row} = 0.0;`)}
    for (var b = t * uniforms.nBatch; b < (t + 1) * uniforms.nBatch; b++) {
      let z = f32(SpikesPost[b * uniforms.nColumns + column]);
      let x = TracePost[b * uniforms.nColumns + column];
      let at = b * uniforms.nRows;
    ${each((row) => `plus${row} += TracePre[at + row${row}] * z; minus${row} += f32(SpikesPre[at + row${row}]) * x;`)}
    }
    ${each((row) => `w${row} = changed(w${row}, plus${row}, minus${row});`)}
  }
  ${each((row) => `if (first + ${row} <= last) { result[row${row} * uniforms.nColumns + column] = w${row}; }`)}
}`,
  };
};
