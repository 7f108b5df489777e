// node bench/network.mjs [--data DIR] [--rounds n]: images a second of a latency-coded network of two layers, 32 and 100 maps
// 5×5, one thread, through the public functions: encoding, learning of each layer, features. On generated digits and on the data
// set in DIR.
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { Command } from 'commander';
import {
  encodeImages,
  extractFeatures,
  generateDigits,
  layerWeights,
  orThrow,
  presets,
  trainNetwork,
  useBackend,
  validateNetworkSpec,
} from 'tfjs-stdp';
import { loadIdxFolder } from 'tfjs-stdp/node';
import { median } from './rounds.mjs';

/** Images of one round. */
const images = 5000;

/** kheradpisheh2018 with the 100 maps of the paper, learning from so many images without an end. */
function network(shown) {
  const { layers, ...rest } = presets.kheradpisheh2018.network;
  const [first, second] = layers.map((layer) => ({ ...layer, images: shown, stopBelow: 0 }));
  return orThrow(validateNetworkSpec({ ...rest, layers: [first, { ...second, maps: 100 }] }));
}

/** Images a second of every round, for each kind of work. */
export async function latencyNetwork(name, digits, rounds) {
  const few = { pixels: digits.pixels.subarray(0, images * 784), count: images };
  const { encoder } = network(0);
  const times = await encodeImages(digits, 28, 28, encoder);
  const fewTimes = await encodeImages(few, 28, 28, encoder);
  const rates = { encoding: [], 'learning, layer 1': [], 'learning, layer 2': [], features: [] };
  const learn = async (from, shown) => {
    const stop = new AbortController();
    const onProgress = (_, seen) => seen === shown && stop.abort();
    return trainNetwork(network(times.count), times, { seed: 1, from, signal: stop.signal, onProgress });
  };
  const one = await trainNetwork(network(Math.min(times.count, 6000)), times, { seed: 1 });
  const begun = [
    { layer: 0, imagesSeen: 0, weights: [], convergence: [] },
    { layer: 1, imagesSeen: 0, weights: one.weights.slice(0, 1), convergence: [] },
  ];
  const weights = layerWeights(network(0), times, one.weights);
  for (let round = 0; round < rounds; round++) {
    rates.encoding.push(await rate(() => encodeImages(few, 28, 28, encoder)));
    for (const layer of [0, 1]) {
      const shown = begun[layer].imagesSeen + images;
      // At the end of the images from the first again, with the weights as they are.
      const from = shown < times.count ? begun[layer] : { ...begun[layer], imagesSeen: 0 };
      const next = () => learn(from, from.imagesSeen + images);
      rates[`learning, layer ${layer + 1}`].push(await rate(async () => (begun[layer] = await next())));
    }
    rates.features.push(await rate(() => extractFeatures(fewTimes, weights, network(0))));
  }
  tf.dispose([...weights]);
  return Object.entries(rates).map(([work, all]) => ({ name, work, rates: all }));
}

async function rate(work) {
  const start = performance.now();
  await work();
  return (images / (performance.now() - start)) * 1000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { data, rounds } = new Command('network')
    .option('--data <dir>', 'directory of IDX files')
    .option('--rounds <n>', 'rounds of each measurement', Number, 20)
    .parse()
    .opts();
  await useBackend('wasm');
  const sets = [['generated digits', generateDigits(10_000, 1)]];
  if (data !== undefined) sets.push([data, (await loadIdxFolder(data)).train]);
  for (const [name, digits] of sets) {
    for (const { work, rates } of await latencyNetwork(name, digits, rounds)) {
      const [least, most] = [Math.min(...rates), Math.max(...rates)].map(Math.round);
      console.log(`${name}, ${work}: ${Math.round(median(rates))} images/s (${least} … ${most})`);
    }
  }
}
