// node bench/diehlCook.mjs [--data DIR] [--rounds n]: images a second of diehlCook2015 with 400 neurons, one thread: learning
// and answering, at steps of 1 and 0.5 ms, on generated digits and on the data set in DIR.
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { fork, generateDigits, orThrow, presets, respond, trainCompetitive, validateCompetitiveSpec } from 'tfjs-stdp';
import { loadIdxFolder } from 'tfjs-stdp/node';
import { median } from './rounds.mjs';

/** Images shown before anything is measured: thresholds have grown enough for the layer to answer as it does later. */
const before = 6000;
/** Images of one round. */
const images = 1000;

/** Images a second of every round, for each step and each kind of work. */
export async function diehlCook(name, digits, rounds) {
  const rows = [];
  for (const dt of [1, 0.5]) {
    const spec = (shown) =>
      orThrow(validateCompetitiveSpec({ ...presets.diehlCook2015.network(400), dt, learning: { images: shown } }));
    const few = { pixels: digits.pixels.subarray(0, images * 784), labels: digits.labels.subarray(0, images), count: images };
    let learned = await trainCompetitive(spec(before), digits, { seed: 1 });
    const learning = [];
    const answering = [];
    for (let round = 0; round < rounds; round++) {
      const shown = spec(learned.imagesSeen + images);
      learning.push(await rate(async () => (learned = await trainCompetitive(shown, digits, { seed: 1, from: learned }))));
      answering.push(await rate(() => respond({ spec: shown, learned, images: few, spikes: fork(1, 9) }, () => undefined)));
    }
    rows.push({ name, dt, work: 'learning', rates: learning }, { name, dt, work: 'answering', rates: answering });
  }
  return rows;
}

async function rate(work) {
  const start = performance.now();
  await work();
  return (images / (performance.now() - start)) * 1000;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { data, rounds } = new Command('diehlCook')
    .option('--data <dir>', 'directory of IDX files')
    .option('--rounds <n>', 'rounds of each measurement', Number, 20)
    .parse()
    .opts();
  const sets = [['generated digits', generateDigits(2000, 1)]];
  if (data !== undefined) sets.push([data, (await loadIdxFolder(data)).train]);
  for (const [name, digits] of sets) {
    for (const { dt, work, rates } of await diehlCook(name, digits, rounds)) {
      const [least, most] = [Math.min(...rates), Math.max(...rates)].map(Math.round);
      console.log(`${name}, dt ${dt} ms, ${work}: ${Math.round(median(rates))} images/s (${least} … ${most})`);
    }
  }
}
