// Circuits beside Brian2, round by round, by seconds of the processor; and what an event and a neuron's step take.
import { init, run, songMillerAbbott2000, vogels2011, wire } from 'tfjs-stdp/circuits';
import { median, ratio } from '../rounds.mjs';
import { startBrian } from './peer.mjs';

const cpu = (work) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** The same records as Brian2's programs: none. */
const bare = ({ records: _, ...circuit }) => circuit;

const networks = {
  vogels: () => {
    const [quiet, learning] = [bare(vogels2011({ eta: 0 })), bare(vogels2011())];
    const first = init(quiet, wire(quiet));
    return (seconds) => {
      const [state] = run(quiet, first, 10_000);
      run(learning, state, Math.round((seconds - 1) * 10_000));
    };
  },
  song: () => {
    const circuit = bare(songMillerAbbott2000());
    const first = init(circuit, wire(circuit));
    return (seconds) => run(circuit, first, Math.round(seconds * 10_000));
  },
};

const works = [
  { title: "Vogels' network, 1 s + 3 s", network: 'vogels', theirs: 4, ours: 4 },
  { title: "Song's neuron, a second", network: 'song', theirs: 5, ours: 1000 },
];

/** Seconds of the processor for a second of the circuit, and how many times Brian2's. */
export async function besideBrian(rounds) {
  const rows = [];
  for (const { title, network, theirs, ours } of works) {
    const go = networks[network]();
    const peers = [];
    for (const target of ['cpp', 'cython']) {
      const peer = await startBrian(network, target, theirs);
      if (peer !== undefined) peers.push({ target, peer, times: [] });
    }
    const own = [];
    go(ours);
    for (let round = 0; round < rounds; round++) {
      own.push(cpu(() => go(ours)) / ours);
      for (const { peer, times } of peers) times.push((await peer.seconds()) / theirs);
    }
    for (const { peer } of peers) peer.stop();
    rows.push({
      title,
      ours: median(own),
      peers: peers.map(({ target, times }) => ({ target, time: median(times), ratio: ratio(times, own) })),
    });
    console.log(JSON.stringify(rows.at(-1)));
  }
  return rows;
}

/** Nanoseconds a synaptic event, and a neuron and step: of Vogels' network while it is balanced, and of the same neurons when nothing fires. */
export function unitCosts(rounds) {
  const learning = vogels2011({ targetRate: 5 });
  const { projections, ...rest } = bare(learning);
  const silent = {
    ...rest,
    populations: Object.fromEntries(
      Object.entries(rest.populations).map(([name, one]) => [name, { ...one, params: { ...one.params, current: 90 } }]),
    ),
    projections,
  };
  const atRest = init(silent, wire(silent));
  const [balanced] = run(bare(learning), init(learning, wire(learning)), 100_000);
  const counted = { ...bare(learning), records: { spikes: ['e', 'i'] } };
  const steps = 5000;
  const [, { spikes }] = run(counted, balanced, steps);
  const [e, i] = [spikes.e.step.length, spikes.i.step.length];
  // A spike of an excitatory neuron: its 200 targets, and the 40 inhibitory synapses onto it; of an inhibitory one: 40 and 160.
  const events = e * (200 + 40) + i * 200;
  const plain = bare(learning);
  const going = (circuit, first) => {
    let [state] = run(circuit, first, 100);
    return () => {
      [state] = run(circuit, state, steps);
    };
  };
  const [quiet, busy] = [going(silent, atRest), going(plain, balanced)];
  const [times, idle] = [[], []];
  for (let round = 0; round < rounds; round++) {
    idle.push(cpu(quiet));
    times.push(cpu(busy));
  }
  const neuron = median(idle) / steps / 10_000;
  return { neuron: 1e9 * neuron, event: (1e9 * (median(times) - median(idle))) / events, events, seconds: median(times) };
}
