// npm run bench: our steps beside Norse's operations in torch, round by round in one run; writes RESULTS.md and two pictures.
import { writeFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { Command } from 'commander';
import { useBackend } from 'tfjs-stdp';
import { growth } from './growth.mjs';
import { limits } from './limits.mjs';
import { timeNetworks } from './networks.mjs';
import { ourForms } from './ours.mjs';
import { blas, startPeers } from './peer.mjs';
import { renderResults } from './results.mjs';
import { measure, median, ratio, timerOf } from './rounds.mjs';
import { steadyMemory } from './steady.mjs';
import { sizes, works } from './works.mjs';

const options = new Command('bench')
  .description('Times STDP here and, where python3 with torch is found, in torch')
  .option('--rounds <n>', 'rounds of each measurement', Number, 20)
  .option('--backend <name>', 'wasm or cpu', 'wasm')
  .option('--data <dir>', 'directory of IDX files, such as MNIST, for the networks beside generated digits')
  .option('--only <group>', 'one group of measurements, such as "one sample"; nothing is written then')
  .parse()
  .opts();

tf.enableProdMode();
await useBackend(options.backend);

const rows = [];
for (const { group, title, work, forms, settings } of works) {
  if (options.only !== undefined && options.only !== group) continue;
  const peers = await startPeers(settings);
  const ours = ourForms(work, forms);
  const timers = {
    ...Object.fromEntries(peers.map((peer) => [peer.name, (steps) => peer.time(work, steps)])),
    ...Object.fromEntries(ours.map((form) => [form.name, timerOf(form)])),
  };
  const times = await measure(timers, options.rounds);
  const base = times[peers[0]?.name ?? 'composition'];
  const row = {
    group,
    title,
    density: work.density,
    peers: Object.fromEntries(peers.map(({ name }) => [name, median(times[name])])),
    ours: ours.map(({ name, note }) => ({ name, note, time: median(times[name]), ratio: base && ratio(base, times[name]) })),
  };
  rows.push(row);
  const shown = row.ours.map(
    ({ name, time, ratio: times }) => `${name} ${time.toFixed(4)} ms${times ? ` (${times.toFixed(1)}×)` : ''}`,
  );
  console.log(`${group}, ${title}, ${100 * work.density} %: ${shown.join(', ')}`);
  for (const form of ours) form.stop();
  for (const peer of peers) peer.stop();
}

if (options.only === undefined) {
  const floors = sizes.map(([pre, post]) => ({ title: `${pre} × ${post}`, ...limits(pre * post) }));
  const networks = await timeNetworks(options.data, options.rounds);
  const { pictures, byShare } = await growth(Math.ceil(options.rounds / 3));
  const memory = await steadyMemory();
  const folder = new URL('.', import.meta.url);
  for (const [name, svg] of Object.entries(pictures)) writeFileSync(new URL(name, folder), svg);
  writeFileSync(
    new URL('RESULTS.md', folder),
    renderResults({ rows, networks, floors, byShare, memory, blas: blas(), backend: options.backend, rounds: options.rounds }),
  );
  console.log('Written: bench/RESULTS.md, bench/growth-synapses.svg, bench/growth-spikes.svg');
}
