// node bench/circuits/layers.mjs: the two other engines in closed loop beside circuits of their size: milliseconds of the processor for an
// image that is shown to 400 neurons for 350 steps of 1 ms, while they learn, and the spikes that came of it.
import * as tf from '@tensorflow/tfjs-core';
import { orThrow, pairStdp, scan, useBackend } from 'tfjs-stdp';
import { init, run, wire } from 'tfjs-stdp/circuits';
import { generateDigits, plasticLayer, presets, trainCompetitive, validateCompetitiveSpec } from 'tfjs-stdp/networks';
import { median } from '../rounds.mjs';

const [inputs, neurons, steps, rounds] = [784, 400, 350, 15];
const digits = generateDigits(200, 1);
const imageAt = (index) => digits.pixels.subarray(index * inputs, (index + 1) * inputs);

/** The median of what rounds take. */
async function timed(work) {
  const times = [];
  let spikes = 0;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    spikes += await work(round);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return { time: median(times), spikes: spikes / rounds };
}

const learning = { etaPlus: 0.001, etaMinus: 0.0005, integration: 'exact', wMin: 0, wMax: 1 };
const receptors = { ex: { tau: 1, reversal: 0 }, in: { tau: 2, reversal: -100 } };

/** Pixels fire at up to 64 Hz, as in the preset; every spike of a neuron inhibits all others. */
const circuit = (neuron, { weight, inhibition, ex, inh }) => ({
  dt: 1,
  seed: 1,
  populations: { in: { size: inputs, source: 'poisson', rate: 0 }, e: { size: neurons, ...neuron } },
  projections: {
    ine: { from: 'in', to: 'e', receptor: ex, weight: { uniform: [0, weight] }, rule: { rule: 'pairStdp', params: learning } },
    ee: { from: 'e', to: 'e', receptor: inh, weight: inhibition, wiring: { type: 'lateral' } },
  },
  records: { spikes: ['in', 'e'] },
});

async function ofCircuit(network) {
  let [state] = run(network, init(network, wire(network)), 1000);
  let last;
  const result = await timed((round) => {
    [state, last] = run(network, state, steps, { rates: { in: Float32Array.from(imageAt(round), (pixel) => pixel / 4) } });
    return last.spikes.e.step.length;
  });
  return result;
}

/** Competition: the preset, and conductances with thresholds that rise. */
async function competition() {
  const spec = (images) => orThrow(validateCompetitiveSpec({ ...presets.diehlCook2015.network(neurons), learning: { images } }));
  const shown = 100;
  let learned = await trainCompetitive(spec(1000), digits, { seed: 1 });
  const engine = await timed(async () => {
    learned = await trainCompetitive(spec(learned.imagesSeen + shown), digits, { seed: 1, from: learned });
    return 0;
  });
  const params = {
    capacitance: 100,
    leak: 1,
    vRest: -65,
    vTh: -52,
    vReset: -60,
    tauRefractory: 5,
    thetaPlus: 0.05,
    tauTheta: 1e7,
    receptors,
  };
  const neuron = { neuron: 'adaptiveLif', params };
  return {
    engine: engine.time / shown,
    circuit: await ofCircuit(circuit(neuron, { weight: 0.3, inhibition: 17, ex: 'ex', inh: 'in' })),
  };
}

/** A layer of Norse's neurons, and neurons with currents. */
async function layers() {
  await useBackend('wasm');
  const layer = plasticLayer(pairStdp(learning), { inhibition: 0.5 });
  let state = layer.init(tf.randomUniform([inputs, neurons], 0, 0.3, 'float32', 1));
  const trains = Array.from({ length: rounds }, (_, round) => {
    const chance = tf.tensor1d(Float32Array.from(imageAt(round), (pixel) => pixel / 4e3));
    return tf.cast(tf.less(tf.randomUniform([steps, inputs], 0, 1, 'float32', round), chance), 'float32');
  });
  const engine = await timed(async (round) => {
    const [next, spikes] = scan(layer.step, state, trains[round]);
    state = next;
    return (await spikes.data()).reduce((sum, spike) => sum + spike, 0);
  });
  const membrane = { capacitance: 10, leak: 1, vRest: 0, vTh: 1, vReset: 0, tauRefractory: 0, receptors: { input: { tau: 5 } } };
  return { engine, circuit: await ofCircuit(circuit({ neuron: 'lif', params: membrane }, { weight: 0.3, inhibition: -0.5 })) };
}

console.log(JSON.stringify({ competition: await competition(), plasticLayer: await layers() }));
