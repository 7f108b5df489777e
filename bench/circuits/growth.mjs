// From a thousand to ten million synapses: time by event, memory by synapse, and what memory itself allows.

import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { init, wire } from 'tfjs-stdp/circuits';
import { lineChart } from 'tfjs-stdp/node';
import { engine } from '../../dist/circuits/engine/engine.js';
import { checkedCircuit } from '../../dist/circuits/validateCircuit.js';
import { randomUint32 } from '../../dist/core/random.js';
import { Arena } from '../../dist/kernels/module/arena.js';
import { circuitKernels } from '../../dist/kernels/module/circuitKernels.js';
import { median } from '../rounds.mjs';

const cpu = (work) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (1e9 * (user + system)) / 1e6;
};

const perNeuron = 100;

/** Sources at 10 Hz, each with 100 synapses onto as many neurons (never fewer than 100), which learn or don't; the neurons stay silent. */
const network = (synapses, rule) => {
  const size = Math.max(1, synapses / perNeuron);
  return {
    dt: 0.1,
    populations: {
      in: { size, source: 'poisson', rate: 10 },
      cells: { size: Math.max(100, size), neuron: 'condLif' },
    },
    projections: {
      one: {
        from: 'in',
        to: 'cells',
        receptor: 'ampa',
        weight: { uniform: [0, 1e-6] },
        wiring: { type: 'fixedOut', targets: perNeuron, self: true },
        ...rule,
      },
    },
  };
};

const plastic = {
  rule: { rule: 'pairStdp', params: { etaPlus: 1e-8, etaMinus: 1e-8, wMin: 0, wMax: 1e-6, integration: 'exact' } },
};

/** Nanoseconds an event beyond what neurons and sources take; bytes a synapse of the kernels' memory. Of a process of its own. */
function measured(synapses, rule, rounds) {
  const circuit = network(synapses, rule);
  const { projections: _, ...alone } = circuit;
  const steps = Math.max(1000, Math.min(100_000, Math.round(1e10 / synapses)));
  const going = (one) => {
    const arena = new Arena(0, circuitKernels);
    const { run } = engine(arena, checkedCircuit(one, 'bench'), init(one, wire(one)));
    const go = () => run(steps, {});
    go();
    return { go, bytes: arena.top };
  };
  const [own, other] = [going(circuit), going(alone)];
  const times = Array.from({ length: rounds }, () => cpu(own.go) - cpu(other.go));
  return { time: median(times) / (synapses * 10 * steps * 1e-4), memory: (own.bytes - other.bytes) / synapses };
}

const self = fileURLToPath(import.meta.url);

/** {@link measured} in a process of its own. */
const apart = (...args) => JSON.parse(execFileSync(process.execPath, [self, ...args.map(String)], { encoding: 'utf8' }));

/** Nanoseconds to change one float of so many, their places read in a row. */
export function randomAccess(count, rounds = 5) {
  const values = new Float32Array(count);
  const places = randomUint32(1 << 20, 1).map((word) => Math.floor((word / 2 ** 32) * count));
  const go = () => {
    for (let index = 0; index < places.length; index++) values[places[index]] += 1;
  };
  go();
  return median(Array.from({ length: rounds }, () => cpu(go))) / places.length;
}

/** Rows by size, and two pictures. */
export function circuitGrowth(rounds) {
  const rows = [1e3, 1e4, 1e5, 1e6, 1e7].map((synapses) => {
    const row = {
      synapses,
      learning: apart(synapses, 'learning', rounds),
      static: apart(synapses, 'static', rounds),
      access: randomAccess(Math.max(100, synapses / perNeuron)),
      accessAll: randomAccess(synapses),
    };
    console.log(JSON.stringify(row));
    return row;
  });
  const line = (name, value) => ({ name, points: rows.map((row) => [row.synapses, value(row)]) });
  const chart = (title, yLabel, series) => lineChart({ title, xLabel: 'synapses', yLabel, series, logarithmic: true });
  return {
    rows,
    pictures: {
      'growth-circuits.svg': chart('A synaptic event', 'ns', [
        line('learning', ({ learning }) => learning.time),
        line('not learning', ({ static: still }) => still.time),
        line('a float changed at random among all synapses', ({ accessAll }) => accessAll),
      ]),
    },
  };
}

if (process.argv[1] === self) {
  const [, , synapses, kind, rounds] = process.argv;
  console.log(JSON.stringify(measured(Number(synapses), kind === 'learning' ? plastic : {}, Number(rounds))));
}
