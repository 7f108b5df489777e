import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Circuit } from '../../circuits/circuit.js';
import { ready } from '../../circuits/ready.js';
import { validateCircuit } from '../../circuits/validateCircuit.js';
import { orThrow, StdpError } from '../../core/errors.js';
import { meant } from '../../core/params/closest.js';
import { errorCode, messageOf } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import {
  beginSimulation,
  type Simulation,
  type SimulationState,
  simulateFurther,
  stepsOf,
  withRecords,
} from '../../io/simulation/simulation.js';
import { simulationFiles } from '../../io/simulation/simulationFiles.js';
import {
  newSimulationFolder,
  readSimulation,
  type SimulationFile,
  type SimulationFolder,
  takeUpSimulation,
} from '../../io/simulation/simulationFolder.js';
import type { SimulationResults } from '../../io/simulation/simulationResults.js';
import type { CircuitPreset } from '../../papers/circuits/circuitPreset.js';
import { circuitPresets } from '../../papers/circuits/circuitPresets.js';
import { commandLine } from '../commandLine.js';
import { exitCodeAfter } from '../interrupts.js';
import { showProgress } from '../progress.js';
import { stopOnInterrupt } from '../stopOnInterrupt.js';
import { printable, say, sayJson } from '../text.js';

/** The options of `stdp simulate`, parsed. */
export interface SimulateOptions {
  readonly seconds?: number;
  readonly seed?: number;
  readonly out?: string;
  readonly resume?: string;
  readonly checkpoint: number;
  readonly json?: true;
}

/** A simulation that is to be done, its folder, and where it goes on. */
interface Begun {
  readonly simulation: Simulation;
  readonly folder: SimulationFolder;
  readonly from: SimulationState;
}

/**
 * Simulates a circuit and leaves a folder with results, a report and pictures; it keeps how far it has come from the beginning on.
 *
 * @param circuit  the name of a preset, or a file of JSON.
 * @returns the exit code: 0, or that of a signal.
 */
export async function simulateCommand(circuit: string | undefined, options: SimulateOptions): Promise<number> {
  await ready();
  const begun = options.resume === undefined ? begin(circuit, options) : resume(circuit, options, options.resume);
  if (begun === undefined) return 0;
  const { simulation, folder } = begun;
  const progress = showProgress();
  const interrupts = stopOnInterrupt(progress, 'how far it came');
  const end = stepsOf(simulation);
  try {
    let now = begun.from;
    let kept = performance.now();
    for (let chunk = 1; now.state.step < end && !interrupts.signal.aborted; ) {
      const started = performance.now();
      now = simulateFurther(simulation, now, chunk);
      progress.update('simulate', Math.min(now.state.step, end), end);
      chunk = nextChunk(chunk, performance.now() - started);
      if (performance.now() - kept >= 1000 * options.checkpoint) {
        folder.keep(now);
        kept = performance.now();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    progress.stop();
    if (now.state.step < end) return interrupted(folder, now, interrupts.stopped());
    const [results, files] = simulationFiles(simulation, now);
    folder.complete(files);
    print(options, results, folder.folder);
    return 0;
  } finally {
    progress.stop();
    interrupts.release();
    folder.release();
  }
}

/** Milliseconds between two looks at signals and the clock. */
const look = 200;

const nextChunk = (chunk: number, took: number): number =>
  Math.max(1, Math.round(chunk * Math.min(4, Math.max(0.25, look / Math.max(1, took)))));

function interrupted(
  folder: SimulationFolder,
  now: SimulationState,
  signal: ReturnType<ReturnType<typeof stopOnInterrupt>['stopped']>,
): number {
  folder.keep(now);
  say(`Interrupted. Go on with: ${commandLine(['simulate', '--resume', folder.folder])}`);
  return signal === undefined ? 0 : exitCodeAfter(signal);
}

function begin(named: string | undefined, { seconds, seed, out }: SimulateOptions): Begun {
  if (named === undefined)
    throw new StdpError('stdp simulate', 'circuit', `is missing: name a file or a preset: ${presetNames.join(', ')}`);
  const preset = presetOf(named);
  const given = preset === undefined ? circuitIn(named) : undefined;
  const own = isRecord(given) && typeof given['seed'] === 'number' ? given['seed'] : 1;
  const name = preset === undefined ? basename(named).replace(/\.json$/i, '') : named;
  const file: SimulationFile = {
    format: 'tfjs-stdp simulation 1',
    name,
    preset: preset !== undefined,
    seed: seed ?? own,
    seconds: seconds ?? (preset === undefined ? 1 : preset.seconds),
    circuit: preset?.circuit(seed ?? own) ?? { ...(given as object), seed: seed ?? own },
  };
  const simulation = simulationOf(file);
  const from = beginSimulation(simulation);
  stepsOf(simulation); // refuses before there is a folder
  const folder = newSimulationFolder(out ?? `runs/${name}-seed${file.seed}`, out === undefined, file);
  return { simulation, folder, from };
}

const presetNames = Object.keys(circuitPresets);

const presetOf = (name: string): CircuitPreset | undefined =>
  Object.hasOwn(circuitPresets, name) ? circuitPresets[name as keyof typeof circuitPresets] : undefined;

/** What a file holds. @throws {StdpError} when it can't be read, or holds no JSON. */
function circuitIn(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (reason) {
    if (errorCode(reason) !== 'ENOENT') throw reason;
    throw new StdpError(
      'stdp simulate',
      path,
      `is neither a file nor a preset (${presetNames.join(', ')}).${meant(path, presetNames)}`,
    );
  }
  try {
    return JSON.parse(text);
  } catch (reason) {
    throw new StdpError('stdp simulate', path, `holds no JSON: ${messageOf(reason)}`);
  }
}

/** @throws {StdpError} when the circuit is none. */
function simulationOf({ name, preset, seed, seconds, circuit }: SimulationFile): Simulation {
  orThrow(validateCircuit(circuit as Circuit));
  return {
    ...{ name, seed, seconds },
    circuit: withRecords(circuit as Circuit),
    environment: preset ? presetOf(name)?.environment?.(seed) : undefined,
  };
}

function resume(named: string | undefined, options: SimulateOptions, folder: string): Begun | undefined {
  for (const [name, value] of Object.entries({
    circuit: named,
    '--seconds': options.seconds,
    '--seed': options.seed,
    '--out': options.out,
  }))
    if (value !== undefined) throw new StdpError('stdp simulate', name, 'is that of the simulation to resume: leave it out');
  const { file, complete, state } = readSimulation(folder);
  if (complete) {
    say(`Complete already: ${folder}`);
    return undefined;
  }
  const simulation = simulationOf(file);
  return {
    simulation,
    folder: takeUpSimulation(folder),
    from: (state as SimulationState | undefined) ?? beginSimulation(simulation),
  };
}

function print({ json }: SimulateOptions, results: SimulationResults, out: string): void {
  if (json) {
    sayJson({ ...results, out });
    return;
  }
  say(`\n${results.name}: ${results.seconds} s, seed ${results.seed}`);
  for (const [name, { size, rate, variation }] of Object.entries(results.populations))
    say(
      `${name}: ${size} neurons, ${rate.toFixed(2)} Hz${variation === null ? '' : `, variation of intervals ${variation.toFixed(2)}`}`,
    );
  for (const [name, { mean, least, greatest }] of Object.entries(results.weights))
    say(`w of ${name}: mean ${mean.toPrecision(4)}, ${least.toPrecision(4)} to ${greatest.toPrecision(4)}`);
  say(`\nResults, pictures and report: ${printable(out)}/report.html`);
}
