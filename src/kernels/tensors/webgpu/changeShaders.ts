import type { ChangeConstants, ChangeSizes, ConvGeometry } from '../../constants.js';
import { changeCode, changeUniforms } from './changeCode.js';
import { eachOf, type Shader, tileRows } from './shader.js';

/** Samples of each side of a change: batch times terms; 0 is an empty side, which has no arrays. */
export interface Sides {
  readonly plus: number;
  readonly minus: number;
}

/** The arrays of a change, in order. */
const arraysOf = ({ plus, minus }: Sides, inPlace: boolean): string[] => [
  ...(inPlace ? [] : ['W']),
  ...(plus > 0 ? ['PlusPre', 'PlusPost'] : []),
  ...(minus > 0 ? ['MinusPre', 'MinusPost'] : []),
];

/**
 * w' = changed(w, Σ plusPre ⊗ plusPost, Σ minusPre ⊗ minusPost) of a dense layer; a thread changes four weights of a row, or one;
 * with several samples to add, those of a tile.
 */
export function denseChangeShader(
  shape: readonly number[],
  { rows, columns, batch }: ChangeSizes,
  constants: ChangeConstants,
  mean: boolean,
  sides: Sides,
  inPlace: boolean,
): Shader {
  const fours = columns % 4 === 0;
  const width = columns / (fours ? 4 : 1);
  const tile = sides.plus > 1 || sides.minus > 1 ? tileRows : 1;
  const each = eachOf(tile);
  const w = inPlace ? 'result' : 'W';
  return {
    name: 'denseChange',
    choices: [constants.code, sides.plus > 0, sides.minus > 0, inPlace, fours, tile],
    inputs: arraysOf(sides, inPlace),
    shape,
    uniforms: {
      ...changeUniforms(constants, mean ? 1 / batch : 1),
      nRows: rows,
      nColumns: width,
      nPlus: sides.plus,
      nMinus: sides.minus,
    },
    threads: Math.ceil(rows / tile) * width,
    ...(fours && { lanes: { count: 4, inputs: ['W', 'PlusPost', 'MinusPost'] } }),
    code: `${changeCode(constants, fours ? 'vec4<f32>' : 'f32')}
fn main(index : i32) {
  let first = (index / uniforms.nColumns) * ${tile};
  let column = index % uniforms.nColumns;
  if (first >= uniforms.nRows) { return; }
  let last = uniforms.nRows - 1;
  ${each((row) => `let row${row} = min(first + ${row}, last);`)}
  ${each((row) => `var plus${row} = Lanes(0.0); var minus${row} = Lanes(0.0);`)}
  ${sides.plus > 0 ? sumOf(tile, 'plus', 'Plus') : ''}
  ${sides.minus > 0 ? sumOf(tile, 'minus', 'Minus') : ''}
  ${each((row) => `if (first + ${row} <= last) { let at = row${row} * uniforms.nColumns + column; result[at] = changed(${w}[at], plus${row}, minus${row}); }`)}
}`,
  };
}

const sumOf = (tile: number, variable: string, side: string): string =>
  `for (var s = 0; s < uniforms.n${side}; s++) {
    let post = Lanes(${side}Post[s * uniforms.nColumns + column]);
    let at = s * uniforms.nRows;
    ${eachOf(tile)((row) => `${variable}${row} = fma(Lanes(f32(${side}Pre[at + row${row}])), post, ${variable}${row});`)}
  }`;

/** The same for a convolution, summed over positions too; one thread a weight. */
export const convChangeShader = (
  shape: readonly number[],
  batch: number,
  geometry: ConvGeometry,
  constants: ChangeConstants,
  mean: boolean,
  sides: Sides,
  inPlace: boolean,
): Shader => ({
  name: 'convChange',
  choices: [constants.code, sides.plus > 0, sides.minus > 0, inPlace],
  inputs: arraysOf(sides, inPlace),
  shape,
  uniforms: {
    ...changeUniforms(constants, mean ? 1 / batch : 1),
    ...geometryUniforms(geometry),
    nPlus: sides.plus,
    nMinus: sides.minus,
  },
  code: `${changeCode(constants)}
${sides.plus > 0 ? correlationOf('Plus') : ''}
${sides.minus > 0 ? correlationOf('Minus') : ''}
fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let map = index % uniforms.nMaps;
  let channel = (index / uniforms.nMaps) % uniforms.nChannels;
  let tap = index / (uniforms.nMaps * uniforms.nChannels);
  let top = (tap / uniforms.nKernelWidth) * uniforms.nDilationY - uniforms.nPadTop;
  let left = (tap % uniforms.nKernelWidth) * uniforms.nDilationX - uniforms.nPadLeft;
  let plus = ${sides.plus > 0 ? 'correlatePlus(top, left, channel, map)' : '0.0'};
  let minus = ${sides.minus > 0 ? 'correlateMinus(top, left, channel, map)' : '0.0'};
  result[index] = changed(${inPlace ? 'result' : 'W'}[index], plus, minus);
}`,
});

const geometryUniforms = (geometry: ConvGeometry) => {
  const [height, width, channels, , kernelWidth, outHeight, outWidth, maps, strideY, strideX] = geometry;
  const [dilationY, dilationX, padTop, padLeft] = geometry.slice(10);
  return {
    ...{ nHeight: height, nWidth: width, nChannels: channels, nKernelWidth: kernelWidth },
    ...{ nOutHeight: outHeight, nOutWidth: outWidth, nMaps: maps, nStrideY: strideY, nStrideX: strideX },
    ...{ nDilationY: dilationY ?? 1, nDilationX: dilationX ?? 1, nPadTop: padTop ?? 0, nPadLeft: padLeft ?? 0 },
  };
};

const correlationOf = (side: string): string => `
fn correlate${side}(top : i32, left : i32, channel : i32, map : i32) -> f32 {
  var sum = 0.0;
  for (var s = 0; s < uniforms.n${side}; s++) {
    for (var oy = 0; oy < uniforms.nOutHeight; oy++) {
      let y = oy * uniforms.nStrideY + top;
      if (y < 0 || y >= uniforms.nHeight) { continue; }
      for (var ox = 0; ox < uniforms.nOutWidth; ox++) {
        let x = ox * uniforms.nStrideX + left;
        if (x < 0 || x >= uniforms.nWidth) { continue; }
        let pre = ${side}Pre[((s * uniforms.nHeight + y) * uniforms.nWidth + x) * uniforms.nChannels + channel];
        let post = ${side}Post[((s * uniforms.nOutHeight + oy) * uniforms.nOutWidth + ox) * uniforms.nMaps + map];
        sum = fma(f32(pre), f32(post), sum);
      }
    }
  }
  return sum;
}`;
