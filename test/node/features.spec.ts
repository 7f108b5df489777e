import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type BackendName, useBackend } from '../../src/backends/useBackend.js';
import { fixture } from '../../src/conformance/fixtures.js';
import { tensorsOf } from '../../src/core/trees.js';
import { ruleFromJSON, ruleNames } from '../../src/rules/ruleFromJSON.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { dense } from '../../src/topologies/dense.js';
import type { Topology, TopologyJSON } from '../../src/topologies/topology.js';
import { docstrings } from '../docstrings.js';
import { casesOf, type Family } from '../golden/families.js';
import { missing } from '../machine.js';

const file = resolve(import.meta.dirname, '../../FEATURES.md');

const hasWebgpu = missing('webgpu') === undefined;
const backends: readonly BackendName[] = ['cpu', 'wasm', ...(hasWebgpu ? ['webgpu' as const] : [])];

/** Where webgpu can't be tried, what the file says of it stays. */
function webgpuStays(rule: string, column: number): boolean {
  const row = readFileSync(file, 'utf8')
    .split('\n')
    .find((line) => line.startsWith(`| \`${rule}\` |`));
  return !hasWebgpu && row?.split(' | ')[column]?.includes('webgpu') === true;
}

const topologies: { readonly [T in TopologyJSON['type']]: Topology } = { dense, conv2d: conv2d({ pad: 'same', strides: 2 }) };

/** Whether a rule, shown random spikes and a reward, changes its weights and stays finite. */
async function runs(rule: string, topology: Topology): Promise<boolean> {
  tf.engine().startScope('features');
  const made = ruleFromJSON({ rule, params: {}, topology: topology.toJSON() });
  const cases = fixture(made, 1, 2, { reward: 1 });
  const start = cases.weights(0.3, 0.7);
  let [w, state] = [start, made.init(cases.shapes)];
  for (let time = 0; time < 4; time++) [w, state] = made.step(cases.spikes(time), w, state);
  const change = await tf.sub(w, start).data();
  const kept = await Promise.all(tensorsOf(state).map((tensor) => tensor.data()));
  tf.engine().endScope();
  const finite = kept.every((values) => values.every((value) => !Number.isNaN(value)));
  return finite && change.every(Number.isFinite) && change.some((value) => value !== 0);
}

/** Every family of golden cases that a spec replays. */
async function allFamilies(): Promise<readonly Family[]> {
  const folder = resolve(import.meta.dirname, '../golden/peers');
  const peers = await Promise.all(readdirSync(folder).map((file) => import(join(folder, file))));
  return peers.flatMap((peer: { readonly families: readonly Family[] }) => peer.families);
}

const peerNames: { readonly [repository: string]: string } = {
  norse: 'Norse',
  inferno: 'Inferno',
  PySNN: 'PySNN',
  SpykeTorch: 'SpykeTorch',
  'snn-space-awarness-domain': 'spikeseg',
  bindsnet: 'BindsNET',
  spikingjelly: 'SpikingJelly',
};
const peerOf = (source: string): string => peerNames[/\/([\w-]+)/.exec(source)?.[1] ?? ''] ?? source;

/** How many golden cases of each peer each rule agrees with. */
async function agreements(): Promise<ReadonlyMap<string, string>> {
  const replays = (await allFamilies()).flatMap((family) =>
    casesOf(family).map(([, golden]) => ({ rule: family.rule(golden).name, peer: peerOf(golden.source) })),
  );
  const cellOf = (rule: string) => {
    const peers = replays.filter((replay) => replay.rule === rule).map(({ peer }) => peer);
    return [...new Set(peers)].map((peer) => `${peer} ${peers.filter((other) => other === peer).length}`).join(', ');
  };
  return new Map(ruleNames.map((rule) => [rule, cellOf(rule)]));
}

/** What the docstring of a rule names as its source, in one line; that of the function, not of its params. */
function sourceOf(rule: string): string {
  const found = docstrings.find(({ symbol, source }) => symbol === rule && source !== '')?.source ?? '';
  expect(found, `the docstring of ${rule} needs a line 'Source: …'`).not.toBe('');
  return found.replace(/\{@link (\w+)\}/g, '`$1`').replaceAll('|', '\\|');
}

/** Where a rule is tried in experiments of papers: specs of test/oracles that load its file, or make it by its name; rows of VALIDATION.md. */
const folder = resolve(import.meta.dirname, '../oracles');
const oracles = readdirSync(folder)
  .filter((file) => file.endsWith('.spec.ts'))
  .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
const oraclesOf = (rule: string): readonly string[] =>
  oracles
    .filter(({ text }) => text.includes(`/${rule}.js'`) || text.includes(`['${rule}'`))
    .map(({ file }) => `[${file.replace('.spec.ts', '')}](test/oracles/${file})`);

const experiments = readFileSync(resolve(import.meta.dirname, '../../VALIDATION.md'), 'utf8')
  .split('\n')
  .flatMap((line) => /^\| ([^|]+) \|/.exec(line)?.[1] ?? []);
const experimentsOf = (rule: string): string => {
  const found = experiments.filter((title) => title.split(/[ (),]+/).includes(rule)).map((title) => title.replace(/ \(.*/, ''));
  expect(found, `VALIDATION.md has an experiment of ${rule}`).not.toEqual([]);
  return [...found.map((name) => `[${name}](VALIDATION.md)`), ...oraclesOf(rule)].join(', ');
};

it('FEATURES.md says what the code does (npm run features writes it)', async () => {
  const peers = await agreements();
  const works = new Map<string, readonly string[]>();
  for (const backend of backends) {
    await useBackend(backend);
    for (const rule of ruleNames)
      for (const [name, topology] of Object.entries(topologies)) {
        const cell = `${rule} ${name}`;
        if (await runs(rule, topology)) works.set(cell, [...(works.get(cell) ?? []), backend]);
      }
  }
  const names = Object.keys(topologies);
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = [...ruleNames].sort().map((rule) =>
    row([
      `\`${rule}\``,
      ...names.map((name, index) => {
        const found = [...(works.get(`${rule} ${name}`) ?? []), ...(webgpuStays(rule, index + 1) ? ['webgpu'] : [])];
        return found.join(', ') || '—';
      }),
      peers.get(rule) || '—',
      experimentsOf(rule),
      sourceOf(rule),
    ]),
  );
  const text = `# Features

Written by \`npm run features\` from the code; a test fails when it is stale.

- A backend stands in a column where the rule, run there on that topology, learns and stays finite; the conformance suite
  has all backends agree.
- A number is how many recorded runs of that peer the rule is replayed on in the tests and agrees with.
- Experiments are those of papers that \`npm run validate\` or the tests repeat with the rule.
- Sources are those of the rule's docstring.

${[row(['rule', ...names, 'agrees with', 'experiments', 'sources']), row(['---', ...names.map(() => '---'), '---', '---', '---']), ...rows].join('\n')}
`;
  await expect(text).toMatchFileSnapshot(file);
});
