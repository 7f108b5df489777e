import { integerAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { ensureFields } from '../../core/params/ensureFields.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { isNeurons } from '../checked/populations.js';
import type { CircuitInput } from '../circuitState.js';
import type { Population } from '../population.js';
import type { CheckedCircuit } from '../validateCircuit.js';

/** Who is told what is wrong, and the steps that input is for. */
interface Run {
  readonly where: string;
  readonly steps: number;
}

/** What comes from outside in so many steps of a circuit. @throws {StdpError} when it doesn't fit. */
export function checkedInput(circuit: CheckedCircuit, input: CircuitInput, run: Run): CircuitInput {
  const { where, steps } = run;
  ensure(isRecord(input), where, 'input', () => `must be { spikes, currents, rates, reward }, got ${show(input)}`);
  ensureFields(input, ['spikes', 'currents', 'rates', 'reward'], where, 'input');
  const { spikes, currents, rates, reward } = input;
  for (const [name, size, given] of perPopulation(circuit, spikes, isInput, 'spikes', run)) checkSpikes(name, size, given, run);
  for (const [name, size, given] of perPopulation(circuit, currents, isNeurons, 'currents', run)) {
    const fits = given instanceof Float32Array && [size, steps * size].includes(given.length) && given.every(Number.isFinite);
    const problem = () => `must be a Float32Array of finite numbers, [${size}] or [${steps}, ${size}], got ${show(given)}`;
    ensure(fits, where, `input.currents.${name}`, problem);
  }
  for (const [name, size, given] of perPopulation(circuit, rates, isPoisson, 'rates', run)) {
    const isRate = (rate: unknown) => typeof rate === 'number' && rate >= 0 && rate * circuit.dt <= 1000;
    const fits = given instanceof Float32Array ? given.length === size && given.every(isRate) : isRate(given);
    const problem = () =>
      `must be one rate or a Float32Array of ${size}, in Hz, from 0 to a spike in each step, got ${show(given)}`;
    ensure(fits, where, `input.rates.${name}`, problem);
  }
  const isReward =
    reward instanceof Float32Array ? reward.length === steps && reward.every(Number.isFinite) : Number.isFinite(reward);
  const problem = () => `must be a finite number or a Float32Array of ${steps}, got ${show(reward)}`;
  ensure(reward === undefined || isReward, where, 'input.reward', problem);
  return input;
}

const isInput = (population: Population) => 'source' in population && population.source === 'input';
const isPoisson = (population: Population) => 'source' in population && population.source === 'poisson';

/** What is given by name, with the sizes of the populations, all of which take it. */
function perPopulation(
  { populations }: CheckedCircuit,
  given: unknown,
  takes: (population: Population) => boolean,
  field: string,
  { where }: Run,
): readonly (readonly [name: string, size: number, given: unknown])[] {
  if (given === undefined) return [];
  ensure(isRecord(given), where, `input.${field}`, () => `must be given by population, got ${show(given)}`);
  const known = Object.entries(populations).flatMap(([name, population]) => (takes(population) ? [name] : []));
  return Object.entries(given).map(([name, own]) => {
    const population = known.includes(name) ? populations[name] : undefined;
    const problem = () => `is for none of the populations that take it: ${known.join(', ') || 'there is none'}`;
    ensure(population !== undefined, where, `input.${field}.${name}`, problem);
    return [name, population.size, own];
  });
}

function checkSpikes(name: string, size: number, given: unknown, { where, steps }: Run): void {
  const argument = `input.spikes.${name}`;
  const isList = isRecord(given) && given['step'] instanceof Int32Array && given['neuron'] instanceof Int32Array;
  ensure(isList, where, argument, () => `must be { step, neuron }, two Int32Arrays, got ${show(given)}`);
  const { step, neuron } = given as { readonly step: Int32Array; readonly neuron: Int32Array };
  ensure(step.length === neuron.length, where, argument, () => `has ${step.length} steps for ${neuron.length} neurons`);
  const wrong = wrongEntry(step, neuron, steps, size);
  if (wrong === undefined) return;
  const [t, i] = [integerAt(step, wrong), integerAt(neuron, wrong)];
  const isInside = t >= 0 && t < steps && i >= 0 && i < size;
  const place = () => `must lie in ${steps} steps and ${size} neurons, entry ${wrong} is step ${t}, neuron ${i}`;
  ensure(isInside, where, argument, place);
  ensure(false, where, argument, () => `must be in the order of time, in one step by neuron, each once; entry ${wrong} is not`);
}

/** The first entry of a list of spikes that lies outside, or not behind the one before. */
function wrongEntry(step: Int32Array, neuron: Int32Array, steps: number, size: number): number | undefined {
  let before = 0;
  let last = -1;
  for (let index = 0; index < step.length; index++) {
    const t = integerAt(step, index);
    const i = integerAt(neuron, index);
    if (t < before || t >= steps || i < 0 || i >= size || (t === before && i <= last)) return index;
    before = t;
    last = i;
  }
  return undefined;
}
