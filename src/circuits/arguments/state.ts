import { integerAt } from '../../core/at.js';
import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { isNeurons } from '../checked/populations.js';
import { checkedSynapses } from '../checked/synapses.js';
import type { Arrays, CircuitState } from '../circuitState.js';
import { endsOf } from '../endsOf.js';
import { neuronModel, restOf } from '../neurons/neuronKinds.js';
import { ownNeurons } from '../neurons/registerNeuron.js';
import type { Population } from '../population.js';
import type { CheckedCircuit } from '../validateCircuit.js';

/** A state that fits a circuit. @throws {StdpError} in the name of whoever was given another. */
export function checkedState(circuit: CheckedCircuit, state: CircuitState, where: string): CircuitState {
  const isState = isRecord(state) && ['wiring', 'populations', 'projections', 'windows'].every((part) => isRecord(state[part]));
  ensure(isState, where, 'state', () => `must be what init or run gave, got ${show(state)}`);
  const isStep = Number.isSafeInteger(state.step) && state.step >= 0;
  ensure(isStep, where, 'state.step', () => `must be a whole number ≥ 0, got ${show(state.step)}`);
  for (const [name, population] of Object.entries(circuit.populations))
    checkVariables(state.populations[name], population, state.step, { where, argument: `state.populations.${name}` });
  for (const [name, projection] of Object.entries(circuit.projections)) {
    const { target } = checkedSynapses(state.wiring[name], endsOf(circuit, projection), {
      where,
      argument: `state.wiring.${name}`,
    });
    const arrays = state.projections[name] ?? {};
    const { w } = arrays;
    const argument = `state.projections.${name}`;
    const fits = w instanceof Float32Array && [1, target.length].includes(w.length);
    ensure(fits, where, `${argument}.w`, () => `must be a Float32Array of 1 or ${target.length} weights, got ${show(w)}`);
    ensureFinite(arrays, where, argument);
  }
  return state;
}

/** What operations keep of a projection lies under names that begin so. */
export const composedPrefix = 'composed.';

/** One number that isn't finite would spread from neuron to neuron in silence. Ages that a rule keeps begin with Infinity. */
function ensureFinite(arrays: Arrays, where: string, argument: string): void {
  for (const [name, values] of Object.entries(arrays)) {
    const mayEnd = name.startsWith(composedPrefix);
    const stray = values.findIndex((value: number) => (mayEnd ? Number.isNaN(value) : !Number.isFinite(value)));
    ensure(stray < 0, where, `${argument}.${name}`, () => `must hold finite numbers, entry ${stray} is ${values[stray]}`);
  }
}

function checkVariables(
  arrays: Arrays | undefined,
  population: Population,
  step: number,
  { where, argument }: { readonly where: string; readonly argument: string },
): void {
  ensure(isRecord(arrays), where, argument, () => `must be its variables, got ${show(arrays)}`);
  for (const [name, kind, length] of variablesOf(population)) {
    const given = arrays[name];
    const fits = given instanceof kind && given.length === length;
    ensure(fits, where, `${argument}.${name}`, () => `must be a ${kind.name} of ${length}, got ${show(given)}`);
  }
  ensureFinite(arrays, where, argument);
  const { pendingStep, pendingNeuron } = arrays;
  const isList =
    pendingStep instanceof Int32Array &&
    pendingNeuron instanceof Int32Array &&
    pendingStep.length === pendingNeuron.length &&
    pendingNeuron.every((neuron) => neuron >= 0 && neuron < population.size);
  ensure(isList, where, `${argument}.pendingNeuron`, () => `must be neurons below ${population.size}, one for each pendingStep`);
  const isPast = pendingStep.every((t, index) => t >= 0 && t < step && (index === 0 || t >= integerAt(pendingStep, index - 1)));
  ensure(isPast, where, `${argument}.pendingStep`, () => `must be steps before ${step}, ascending`);
}

type Variable = readonly [
  name: string,
  kind: Float32ArrayConstructor | Float64ArrayConstructor | Int32ArrayConstructor | Uint32ArrayConstructor,
  length: number,
];

/** What a state holds of a population, beside its spikes on their way. */
function variablesOf(population: Population): readonly Variable[] {
  if (isNeurons(population)) {
    const model = neuronModel(population);
    const names = Object.keys(model === undefined ? (ownNeurons.get(population.neuron)?.variables ?? {}) : restOf(model));
    const variables = names.map((name): Variable => [name, Float32Array, population.size]);
    return model === undefined ? variables : [...variables, ['until', Int32Array, population.size]];
  }
  if (population.source !== 'poisson') return [];
  return [
    ['next', Float64Array, 1],
    ['draw', Uint32Array, 2],
    ['rate', Float64Array, 1],
  ];
}
