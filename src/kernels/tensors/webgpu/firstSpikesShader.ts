import type { FirstSpikeConstants } from '../../constants.js';
import type { Shader } from './shader.js';

/**
 * When each neuron of a latency-coded convolution fires: times `[images, height, width, channels]` and w
 * `[kernelSize, kernelSize, channels, maps]` give times `[images, rows, columns, maps]`, `steps` for never. A thread is a neuron:
 * it adds its inputs up by the step at which they spike and looks once through the steps.
 */
export const firstSpikesShader = (
  [images, height, width, channels]: readonly [number, number, number, number],
  [kernelSize, , , maps]: readonly [number, number, number, number],
  { pad, threshold, steps }: FirstSpikeConstants,
): Shader => {
  const [rows, columns] = [height + 2 * pad - kernelSize + 1, width + 2 * pad - kernelSize + 1];
  return {
    name: 'firstSpikes',
    choices: [steps],
    inputs: ['Times', 'W'],
    shape: [images, rows, columns, maps],
    uniforms: {
      threshold,
      nHeight: height,
      nWidth: width,
      nChannels: channels,
      nKernelSize: kernelSize,
      nPad: pad,
      nRows: rows,
      nColumns: columns,
      nMaps: maps,
    },
    code: `fn main(index : i32) {
  if (index >= uniforms.size) { return; }
  let map = index % uniforms.nMaps;
  let position = index / uniforms.nMaps;
  let left = position % uniforms.nColumns - uniforms.nPad;
  let top = position / uniforms.nColumns % uniforms.nRows - uniforms.nPad;
  let image = position / (uniforms.nColumns * uniforms.nRows);
  var added : array<f32, ${steps + 1}>;
  for (var step = 0; step <= ${steps}; step++) { added[step] = 0.0; }
  for (var y = max(0, -top); y < min(uniforms.nKernelSize, uniforms.nHeight - top); y++) {
    for (var x = max(0, -left); x < min(uniforms.nKernelSize, uniforms.nWidth - left); x++) {
      let pixel = ((image * uniforms.nHeight + top + y) * uniforms.nWidth + left + x) * uniforms.nChannels;
      let tap = (y * uniforms.nKernelSize + x) * uniforms.nChannels;
      for (var channel = 0; channel < uniforms.nChannels; channel++) {
        let time = i32(Times[pixel + channel]);
        if (time < ${steps}) { added[time] += W[(tap + channel) * uniforms.nMaps + map]; }
      }
    }
  }
  var potential = 0.0;
  var late = 0;
  for (var step = 0; step < ${steps}; step++) {
    potential += added[step];
    late += select(1, 0, potential > uniforms.threshold);
  }
  result[index] = f32(late);
}`,
  };
};
