// Kills runs of every preset at random moments, also while they write, until they are complete, and compares them with unbroken ones:
// weights, accuracy and report have to be the same to the last bit. node scripts/torture.mjs --kills 200 --seed 1
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { randomUniform } from '../dist/index.js';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' }, preset: { type: 'string' } },
});
const wanted = Number(values.kills);
const root = resolve(import.meta.dirname, '..');
const program = join(root, 'dist', 'cli', 'main.js');
const killAt = join(root, 'test', 'node', 'killAt.cjs');
const few = ['--train', '400', '--holdout', '150'];
const set = (...settings) => settings.flatMap((setting) => ['--set', setting]);
/** Each preset with so few images that a run takes a second or two. */
const runs = {
  digits: [...few, ...set('layers.0.images=300', 'readout.iterations=20')],
  quick: [...few, '--control', 'shuffled', '--workers', '2', ...set('layers.0.images=300', 'readout.iterations=10')],
  spikes: [...few, '--workers', '1', ...set('layers.0.images=300', 'layers.0.maps=32', 'readout.iterations=10')],
  wide: [...few, ...set('layers.0.images=200', 'layers.0.maps=64', 'readout.iterations=10')],
  kheradpisheh2018: [
    ...few,
    ...set('layers.0.images=200', 'layers.1.images=100', 'layers.1.maps=40', 'layers.1.threshold=5', 'readout.iterations=10'),
  ],
  diehlCook2015: [...few, '--neurons', '40', ...set('learning.images=500', 'readout.images=300')],
};

let draws = 0;
const random = () => randomUniform(1, Number(values.seed) * 1_000_003 + draws++)[0];

/** One life of the program; `kill` after so many milliseconds, or at so many calls of the file system. */
const live = (args, { after, call } = {}) =>
  new Promise((done) => {
    const env = call === undefined ? process.env : { ...process.env, NODE_OPTIONS: `--require ${killAt}`, KILL_AT: String(call) };
    const child = spawn(process.execPath, [program, 'train', ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    const timer = after === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), after);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, killed: signal === 'SIGKILL', err });
    });
  });

const whatComes = (folder) => ({
  weights: readFileSync(join(folder, 'weights.bin')).toString('base64'),
  report: readFileSync(join(folder, 'report.html'), 'utf8'),
  score: JSON.stringify(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')).score),
});

/** Killed between two renames, what was written stands beside its place. */
const hasBegun = (out) => existsSync(out) || draftsOf(out).some((name) => !name.endsWith('.trial'));
const draftsOf = (out) => readdirSync(folder).filter((name) => name.startsWith(`.${basename(out)}.`));
/** Killed after its last word, there is nothing left to do. */
const isDone = (out) =>
  existsSync(join(out, 'report.html')) && JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).status === 'complete';

const folder = mkdtempSync(join(tmpdir(), 'stdp-torture-'));
const presets = values.preset === undefined ? Object.keys(runs) : [values.preset];
const total = { kills: 0, runs: 0, whole: 0, drafts: 0 };
const unbroken = new Map();
for (const preset of presets) {
  const out = join(folder, `${preset} whole`);
  const begun = performance.now();
  const { code, err } = await live(['--preset', preset, ...runs[preset], '--out', out]);
  if (code !== 0) throw new Error(`${preset}: ${err}`);
  unbroken.set(preset, { ...whatComes(out), milliseconds: performance.now() - begun });
}
while (total.kills < wanted) {
  const preset = presets[total.runs % presets.length];
  const whole = unbroken.get(preset);
  const out = join(folder, `${preset} ${total.runs++}`);
  const [lives, faults] = [[], []];
  let begins = false;
  for (;;) {
    const begin = !begins && hasBegun(out) ? ['--resume', out] : ['--preset', preset, ...runs[preset], '--out', out];
    const mercy = total.kills >= wanted || lives.length > 12;
    const how = mercy ? {} : random() < 0.6 ? { after: random() * whole.milliseconds } : { call: 1 + Math.floor(random() * 120) };
    const { code, killed, err } = await live([...begin, '--checkpoint', random() < 0.5 ? '0' : '0.05'], how);
    lives.push(killed ? 'killed' : code);
    if (code === 2 && /does not exist/.test(err)) {
      begins = true; // killed before there was anything
      continue;
    }
    begins = false;
    if (killed) total.kills++;
    else if (code !== 0) faults.push(err);
    // A draft stays only where the last kill came after the last word: whoever works on the folder next would clear it.
    if (!killed) total.drafts += draftsOf(out).length;
    if (!killed || isDone(out)) break;
  }
  if (faults.length === 0) {
    const now = whatComes(out);
    for (const part of ['weights', 'report', 'score']) if (now[part] !== whole[part]) faults.push(`${part} differ`);
    if (JSON.parse(readFileSync(join(out, 'run.json'), 'utf8')).status !== 'complete') faults.push('is not complete');
    if (existsSync(join(out, 'progress'))) faults.push('progress is left');
  }
  if (faults.length === 0) {
    total.whole++;
    rmSync(out, { recursive: true });
  }
  console.log(
    `${preset}: ${lives.length - 1} kills, ${faults.length === 0 ? 'the same bits' : `FAULT in ${out}: ${faults.join('; ')}`}`,
  );
}
console.log(`${total.kills} kills, ${total.whole} of ${total.runs} runs bit-equal to unbroken ones, ${total.drafts} drafts left`);
if (total.whole < total.runs || total.drafts > 0) process.exitCode = 1;
else rmSync(folder, { recursive: true });
