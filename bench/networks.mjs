// node bench/networks.mjs [--data DIR] [--rounds n]: images a second of whole networks through the public functions, one thread:
// a latency-coded network of two layers (32 and 100 maps 5×5) and diehlCook2015 with 400 neurons (350 ms, steps of 1 ms). On
// generated digits and on the data set in DIR, beside the same work in torch where that is found.
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { useBackend } from 'tfjs-stdp';
import { generateDigits } from 'tfjs-stdp/networks';
import { loadIdxFolder } from 'tfjs-stdp/node';
import { competitiveWorks } from './competitiveWorks.mjs';
import { latencyWorks } from './latencyWorks.mjs';
import { startPeers } from './peer.mjs';
import { median, ratio } from './rounds.mjs';

/** The first is what ratios are against. */
const peerNames = ['torch, tuned allocator', 'torch, tuned allocator, 2 threads'];

/** Images that a peer is timed on. */
const peerImages = { layer1: 10, layer2: 10, features: 50, competitive: 1 };

/** Data sets by name: generated digits, and that in a directory. */
async function dataSets(directory) {
  const sets = [['generated digits', generateDigits(10_000, 1)]];
  if (directory !== undefined) sets.push(['the data set', (await loadIdxFolder(directory)).train]);
  return sets;
}

/** Milliseconds an image of each work, round by round, and of the peers beside it. */
export async function timeNetworks(directory, rounds) {
  const rows = [];
  for (const [name, digits] of await dataSets(directory)) {
    const works = [...(await latencyWorks(digits)), ...(await competitiveWorks(digits))];
    for (const { work, images, run, kind } of works) {
      const peers = kind === undefined ? [] : await startPeers(peerNames, 'networks');
      const times = [];
      const theirs = peers.map(() => []);
      for (const peer of peers) await peer.time({ kind }, 1);
      for (let round = 0; round < rounds; round++) {
        for (const [index, peer] of peers.entries()) theirs[index].push(await peer.time({ kind }, peerImages[kind]));
        const start = performance.now();
        await run();
        times.push((performance.now() - start) / images);
      }
      for (const peer of peers) peer.stop();
      rows.push({
        name,
        work,
        rate: 1000 / median(times),
        peers: theirs.map((own) => 1000 / median(own)),
        ratio: theirs[0] && ratio(theirs[0], times),
      });
      console.log(describe(rows.at(-1)));
    }
  }
  return { rows, peerNames };
}

const describe = ({ name, work, rate, peers, ratio: times }) =>
  `${name}, ${work}: ${Math.round(rate)} images/s${times ? ` (${Math.round(times)}×; torch ${peers.map((peer) => peer.toPrecision(3)).join(', ')})` : ''}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { data, rounds } = new Command('networks')
    .option('--data <dir>', 'directory of IDX files')
    .option('--rounds <n>', 'rounds of each measurement', Number, 20)
    .parse()
    .opts();
  await useBackend('wasm');
  await timeNetworks(data, rounds);
}
