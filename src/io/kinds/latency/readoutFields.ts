import { at, floatAt } from '../../../core/at.js';
import { outputSizes } from '../../../kernels/host/layers.js';
import { latencyLayers } from '../../../networks/latency/latencyLayers.js';
import { projectFields } from '../../../networks/latency/projectFields.js';
import { branchesOf, featureSize, ofBranch } from '../../../networks/latency/spec/branches.js';
import type { NetworkSpec } from '../../../networks/latency/spec/networkSpec.js';
import type { FirstSpikeReadout } from '../../../networks/readout/firstSpikeReadout.js';
import type { VoteReadout } from '../../../networks/readout/voteReadout.js';
import type { RunNumbers } from '../networkKind.js';

/** Neurons whose fields are drawn, at most. */
const mostDrawn = 400;

/** The input of a network. */
interface InputShape {
  readonly rows: number;
  readonly columns: number;
  readonly channels: number;
}

/**
 * What output neurons look for, of many the first: for each the receptive fields of the last layer's maps, weighted as it weighs them, at every position of
 * the cell that they are summed over, less what all neurons look for on average. One picture for each branch of the network.
 */
export function readoutFields(
  network: NetworkSpec,
  layers: readonly Float32Array[],
  readout: FirstSpikeReadout | VoteReadout,
  { rows, columns, channels }: InputShape,
): RunNumbers['fields'] {
  const size = featureSize(network);
  let first = 0;
  return branchesOf(network).map((branch) => {
    const { spec, share, shares } = branch;
    const own = { rows, columns, channels: channels / shares };
    const fields = branchFields(spec, ofBranch(branch, layers), { weights: readout.weights, size, first }, own);
    first += featureSize(spec);
    const name = `Output neurons${shares === 1 ? '' : `, encoder ${share + 1}`}`;
    return { name, ...fields };
  });
}

/** Weights `[neurons, size]` of output neurons, and where in a row those of a branch begin. */
interface OutputWeights {
  readonly weights: Float32Array;
  readonly size: number;
  readonly first: number;
}

function branchFields(
  network: NetworkSpec,
  layers: readonly Float32Array[],
  { weights, size, first }: OutputWeights,
  { rows, columns, channels }: InputShape,
): Omit<RunNumbers['fields'][number], 'name'> {
  const last = network.layers.length - 1;
  const below = projectFields(network, layers, last, channels);
  const [side, , , maps] = below.shape;
  const taps = side * side * channels;
  const { grid } = network.readout;
  const neurons = Math.min(weights.length / size, mostDrawn);
  const values = new Float32Array(rows * columns * channels * neurons);
  const places = placesOf(network, { rows, columns, channels }, grid);
  for (let cell = 0; cell < grid * grid; cell++) {
    for (let neuron = 0; neuron < neurons; neuron++) {
      const from = neuron * size + first + cell * maps;
      const own = weights.subarray(from, from + maps);
      const field = new Float32Array(taps);
      for (let tap = 0; tap < taps; tap++) {
        let sum = 0;
        for (let map = 0; map < maps; map++) sum += floatAt(own, map) * floatAt(below.values, tap * maps + map);
        field[tap] = sum;
      }
      for (const [top, left] of at(places, cell)) {
        for (let tap = 0; tap < taps; tap++) {
          const row = top + Math.floor(tap / channels / side);
          const column = left + (Math.floor(tap / channels) % side);
          if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
          const target = ((row * columns + column) * channels + (tap % channels)) * neurons + neuron;
          values[target] = floatAt(values, target) + floatAt(field, tap);
        }
      }
    }
  }
  for (let pixel = 0; pixel < values.length; pixel += neurons) {
    const own = values.subarray(pixel, pixel + neurons);
    const mean = own.reduce((sum, value) => sum + value, 0) / neurons;
    own.forEach((value, neuron) => {
      own[neuron] = value - mean;
    });
  }
  return { values, shape: [rows, columns, channels, neurons] };
}

/** Where in the input the receptive fields of each cell begin. */
function placesOf(
  network: NetworkSpec,
  { rows: height, columns: width, channels }: InputShape,
  grid: number,
): readonly (readonly (readonly [top: number, left: number])[])[] {
  const [rows, columns] = outputSizes(at(latencyLayers(network, { height, width, channels }), -1).field);
  let [spacing, border] = [1, 0];
  network.layers.forEach(({ pad, poolSize }, index) => {
    border += pad * spacing;
    if (index < network.layers.length - 1) spacing *= poolSize;
  });
  const [high, wide] = [Math.ceil(rows / grid), Math.ceil(columns / grid)];
  const cells = Array.from({ length: grid * grid }, (): [number, number][] => []);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++)
      at(cells, Math.floor(y / high) * grid + Math.floor(x / wide)).push([y * spacing - border, x * spacing - border]);
  }
  return cells;
}
