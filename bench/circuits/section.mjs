// The section about circuits of RESULTS.md.
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const ms = (seconds) => (1000 * seconds).toPrecision(3);
const [begin, end] = ['## Circuits', '## Memory'];

/** RESULTS.md with the section in its place, before that of memory. */
export function withSection(page, measured) {
  const [before] = page.split(page.includes(`${begin}\n`) ? `${begin}\n` : `${end}\n`);
  const after = page.slice(page.indexOf(`${end}\n`));
  return `${before}${section(measured)}\n${after}`;
}

function section({ rows, costs, growth, rounds, cpu }) {
  const beside = ({ peers }, target) => {
    const peer = peers.find((one) => one.target === target);
    return peer === undefined ? ['', ''] : [ms(peer.time), peer.ratio.toFixed(1)];
  };
  return `${begin}

Written by \`npm run bench:circuits\` (${cpu}). Milliseconds of the processor, one thread, for a second of the circuit's time, medians of ${rounds} rounds in each of which
Brian2 2.5.1 (\`circuits/brian.py\`, without what compiles it) and ours run once; × is the median of the rounds' ratios.

${table(
  ['', 'ours, ms', 'Brian2 C++ standalone, ms', '×', 'Brian2 Cython, ms', '×'],
  rows.map((row) => [row.title, ms(row.ours), ...beside(row, 'cpp'), ...beside(row, 'cython')]),
)}

In Vogels' network while it is balanced: ${costs.neuron.toFixed(2)} ns a neuron and step, ${costs.event.toFixed(2)} ns a synaptic event (delivered, learned at either side).

Sources at 10 Hz with 100 synapses each, onto as many neurons; nanoseconds an event beyond neurons and sources. Beside it a float that is changed at
random among as many as there are neurons, and among as many as there are synapses: what memory allows. Bytes are those of the
kernels' memory; a state outside it has 4 more for a weight and 2 or 4 for where a synapse ends.

${table(
  [
    'synapses',
    'learning, ns',
    'not learning, ns',
    'a float among neurons, ns',
    'among synapses, ns',
    'learning, bytes a synapse',
    'not learning',
  ],
  growth.map(({ synapses, learning, static: still, access, accessAll }) => [
    synapses.toLocaleString('en'),
    learning.time.toFixed(2),
    still.time.toFixed(2),
    access.toFixed(2),
    accessAll.toFixed(2),
    learning.memory.toFixed(1),
    still.memory.toFixed(1),
  ]),
)}

![Time of a synaptic event against the number of synapses](growth-circuits.svg)
`;
}
