import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import * as h5wasm from 'h5wasm/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../../src/backends/useBackend.js';
import { scan } from '../../../src/core/scan.js';
import { readNir } from '../../../src/formats/nir/readNir.js';
import { type NirTime, networkFromNir } from '../../../src/networks/nir/networkFromNir.js';
import { scattered } from '../../networks/nir/graphs.js';
import { reference } from '../../networks/nir/reference.js';
import { isShared, shared } from '../../shared.js';

const folder = 'formats/nir';
const read = async (name: string) => (await readNir(readFileSync(shared(`${folder}/${name}`)), h5wasm, name)).graph;
const snnTorch: NirTime = { dt: 1e-4, unit: 's' };
const norse: NirTime = { dt: 1e-3, unit: 's' };
const sinabs: NirTime = { dt: 1, unit: 'steps' };

interface Run {
  readonly time: NirTime;
  readonly steps: number;
  /** How likely a spike comes in, and how strong it is. */
  readonly rate: number;
  readonly strength?: number;
  /** Whether spikes come out: thresholds of the others are never reached, there potentials tell. */
  readonly fires: boolean;
}

const all: Run = { time: norse, steps: 40, rate: 0.5, strength: 1000, fires: false };
const runs: { readonly [name: string]: Run } = {
  'lif_norse.nir': { time: norse, steps: 100, rate: 0.5, fires: true },
  'two_lif_neurons.nir': { time: snnTorch, steps: 400, rate: 0.5, fires: false },
  'braille_noDelay_bias_zero.nir': { time: snnTorch, steps: 60, rate: 0.3, fires: true },
  'braille_noDelay_noBias_subtract.nir': { time: snnTorch, steps: 60, rate: 0.5, fires: true },
  'spyx_braille_subgraph.nir': { time: snnTorch, steps: 60, rate: 0.3, fires: true },
  'cnn_sinabs.nir': { time: sinabs, steps: 10, rate: 0.5, fires: true },
  'all_nodes_plain.nir': all,
  'all_nodes_gzip.nir': all,
};

beforeAll(async () => {
  await useBackend('wasm');
});

describe.skipIf(!isShared(folder))('the NIR files of other tools', () => {
  it.each(Object.entries(runs))('%s runs to the spikes that the formulas give', async (name, run) => {
    const { time, steps, rate, strength = 1, fires } = run;
    const graph = await read(name);
    const network = networkFromNir(graph, time);
    const size = network.inputShape.reduce((product, length) => product * length, 1);
    const inputs = Array.from({ length: steps }, (_, t) =>
      scattered(97 * t + 5, size, 0, 1).map((value) => (value < rate ? strength : 0)),
    );
    const [state, outputs] = scan(network.step, network.init(), tf.tensor(inputs.flat(), [steps, 1, ...network.inputShape]));
    const { outputs: wanted, potentials, margin } = reference(graph, time.dt, inputs, { 4: 16, 7: 8, sum: 4, avg: 4 });
    network.dispose();
    const mine = Array.from(await outputs.data());
    expect(margin).toBeGreaterThan(1e-5);
    expect(mine).toEqual(wanted.flat());
    expect(mine.includes(1)).toBe(fires);
    expect(potentials.size).toBeGreaterThan(0);
    for (const [neurons, values] of potentials) {
      const found = await state[neurons]?.['v']?.data();
      const scale = Math.max(1, ...values.map(Math.abs));
      expect(found, neurons).toHaveLength(values.length);
      for (const [n, value] of values.entries())
        if (Math.abs(Number(found?.[n]) - value) > 1e-4 * scale) expect(found?.[n], `${neurons} ${n}`).toBe(value);
    }
    expect(fires || Math.max(...[...potentials.values()].flat().map(Math.abs)) > 0.01).toBe(true);
  });

  it('a file in seconds taken for one in steps is refused', async () => {
    const graph = await read('lif_norse.nir');
    expect(() => networkFromNir(graph, sinabs)).toThrow(
      /^networkFromNir: graph has \/node\/nodes\/1, whose tau is 0\.0024\d+, less than half of dt = 1 steps: Euler's steps grow/,
    );
  });
});
