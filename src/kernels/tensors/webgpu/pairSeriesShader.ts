import type { PairConstants } from '../../constants.js';
import { changeCode, changeUniforms } from './changeCode.js';
import { eachOf, type Shader, tileRows } from './shader.js';

/**
 * All steps of the pair rule on a dense w. A thread keeps the weights of a tile, four columns wide where columns come in
 * fours, in registers from the first step to the last, so that w is read and written once. Spikes are `[T, batch, n]`, traces
 * `[T + 1, batch, n]`: before the first step and after each. A step pairs with its own, or with what is left of that before it.
 */
export const pairSeriesShader = (
  [rows, columns]: readonly [number, number],
  steps: number,
  batch: number,
  { pre, post, presentPre, presentPost, change, mean }: PairConstants,
): Shader => {
  const fours = columns % 4 === 0;
  const width = columns / (fours ? 4 : 1);
  const each = eachOf(tileRows);
  return {
    name: 'pairSeries',
    choices: [change.code, fours, presentPre, presentPost],
    inputs: ['W', 'TracePre', 'SpikesPre', 'TracePost', 'SpikesPost'],
    shape: [rows, columns],
    uniforms: {
      ...changeUniforms(change, mean ? 1 / batch : 1),
      ...{ preDecay: pre.decay, postDecay: post.decay, nRows: rows, nColumns: width, nSteps: steps, nBatch: batch },
    },
    threads: Math.ceil(rows / tileRows) * width,
    ...(fours && { lanes: { count: 4, inputs: ['W', 'TracePost', 'SpikesPost'] } }),
    code: `${changeCode(change, fours ? 'vec4<f32>' : 'f32')}
fn main(index : i32) {
  let first = (index / uniforms.nColumns) * ${tileRows};
  let column = index % uniforms.nColumns;
  if (first >= uniforms.nRows) { return; }
  let last = uniforms.nRows - 1;
  ${each((row) => `let row${row} = min(first + ${row}, last);`)}
  ${each((row) => `var w${row} = W[row${row} * uniforms.nColumns + column];`)}
  for (var t = 0; t < uniforms.nSteps; t++) {
    ${each((row) => `var plus${row} = Lanes(0.0); var minus${row} = Lanes(0.0);`)}
    for (var b = t * uniforms.nBatch; b < (t + 1) * uniforms.nBatch; b++) {
      let z = Lanes(SpikesPost[b * uniforms.nColumns + column]);
      let x = ${presentPost ? 'TracePost[(b + uniforms.nBatch) * uniforms.nColumns + column]' : 'TracePost[b * uniforms.nColumns + column] * uniforms.postDecay'};
      let at = b * uniforms.nRows;
    ${each(
      (
        row,
      ) => `plus${row} = fma(Lanes(${presentPre ? `TracePre[at + uniforms.nBatch * uniforms.nRows + row${row}]` : `TracePre[at + row${row}] * uniforms.preDecay`}), z, plus${row});
    minus${row} = fma(Lanes(f32(SpikesPre[at + row${row}])), x, minus${row});`,
    )}
    }
    ${each((row) => `w${row} = changed(w${row}, plus${row}, minus${row});`)}
  }
  ${each((row) => `if (first + ${row} <= last) { result[row${row} * uniforms.nColumns + column] = w${row}; }`)}
}`,
  };
};
