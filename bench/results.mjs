// RESULTS.md from what was measured.
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** What other commands wrote, and people, stays: all from the section on cards to that on memory. */
const before = readFileSync(new URL('RESULTS.md', import.meta.url), 'utf8');
const kept = before.slice(before.indexOf('## On a graphics card\n'), before.indexOf('## Memory\n'));

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const tfjs = JSON.parse(
  readFileSync(new URL('../node_modules/@tensorflow/tfjs-core/package.json', import.meta.url), 'utf8'),
).version;

const table = (head, rows) => [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
const ms = (time) => (time === undefined ? '' : time.toPrecision(3));
const percent = (density) => `${100 * density} %`;

function groupTable(rows) {
  const forms = rows[0].ours.map(({ name }) => name);
  const peers = Object.keys(rows[0].peers);
  return table(
    ['work', 'spikes', ...forms.flatMap((name) => [`${name}, ms`, '×']), ...peers.map((name) => `${name}, ms`)],
    rows.map(({ title, density, ours, peers: times }) => [
      title,
      percent(density),
      ...ours.flatMap(({ time, ratio, note }) => [
        ms(time),
        `${ratio === undefined ? '' : ratio.toFixed(1)}${note ? ` (${note})` : ''}`,
      ]),
      ...peers.map((name) => ms(times[name])),
    ]),
  );
}

function limitTable(rows, floors) {
  return table(
    ['weights', 'in place, ms', 'donated / in place', 'copied, ms', 'pure / copied'],
    floors.map(({ title, inPlace, copy }) => {
      const measured = rows.find((row) => row.group === 'one sample' && row.title === title && row.density === 0.05);
      const time = (name) => measured?.ours.find((form) => form.name === name)?.time ?? Number.NaN;
      return [title, ms(inPlace), (time('donated') / inPlace).toFixed(2), ms(copy), (time('pure') / copy).toFixed(2)];
    }),
  );
}

function networkTable({ rows, peerNames }) {
  const beside = rows.some(({ peers }) => peers.length > 0) ? peerNames : [];
  return table(
    ['images', 'work', 'images/s', ...(beside.length > 0 ? ['×'] : []), ...beside.map((name) => `${name}, images/s`)],
    rows.map(({ name, work, rate, ratio, peers }) => [
      name,
      work,
      Math.round(rate).toLocaleString('en'),
      ...(beside.length > 0 ? [ratio === undefined ? '' : Math.round(ratio)] : []),
      ...beside.map((_, index) => peers[index]?.toPrecision(3) ?? ''),
    ]),
  );
}

/** The page. */
export function renderResults({ rows, networks, floors, byShare, memory, blas, backend, rounds }) {
  const groups = [...new Set(rows.map(({ group }) => group))];
  const [cpu] = cpus();
  const share = (percentage, form) => byShare.find(([x]) => x === percentage)?.[1][form] ?? Number.NaN;
  return `# Results

Written by \`npm run bench\`. Milliseconds a step, medians of ${rounds} rounds; every round times the peer and all of our forms once,
and × is the median of the rounds' ratios, torch (one thread, allocator told to keep its memory) over ours. Torch runs
Norse's operations written from its equations (\`peers/norse_torch.py\`). A closed loop also computes the currents and the
neurons, which the torch time beside it does not contain.

${table(
  ['', ''],
  [
    ['machine', `${cpu?.model.trim()}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`],
    ['versions', `tfjs-stdp ${version} on the ${backend} backend, tfjs ${tfjs}, node ${process.version}`],
    ['torch multiplies with', blas],
  ],
)}

${groups.map((group) => `## ${group[0].toUpperCase()}${group.slice(1)}\n\n${groupTable(rows.filter((row) => row.group === group))}`).join('\n\n')}

## Whole networks

Images a second through the public functions, one thread: a latency-coded network of two layers, 32 and 100 maps 5×5, and
\`diehlCook2015\` with 400 neurons, 350 ms an image in steps of 1 ms. × is the median of the rounds' ratios against torch with one thread,
which computes densely, step by step (\`peers/networks_torch.py\`).

${networkTable(networks)}

## Distance to what memory allows

The same weights read and written in place, and copied, by kernels that do nothing else; steps at 5 % spikes.

${limitTable(rows, floors)}

## Growth

![Time against the number of synapses](growth-synapses.svg)

![Time against the share of neurons that spike](growth-spikes.svg)

At 4096 × 4096 a donated step with 1 % spikes takes ${(share(1, 'donated') / share(10, 'donated')).toFixed(2)} of the time with 10 %, with 0.1 % ${(share(0.1, 'donated') / share(10, 'donated')).toFixed(2)};
a step of a scan ${(share(1, 'scan') / share(10, 'scan')).toFixed(2)} and ${(share(0.1, 'scan') / share(10, 'scan')).toFixed(2)}.

${kept}## Memory

A million pure steps of 64 × 64, resident memory after each tenth: ${memory.join(', ')} MB.
`;
}
