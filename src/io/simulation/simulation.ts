import { wholeSteps } from '../../circuits/checked/steps.js';
import type { Circuit } from '../../circuits/circuit.js';
import type { CircuitRecords, CircuitState } from '../../circuits/circuitState.js';
import { init } from '../../circuits/init.js';
import { type Environment, interact } from '../../circuits/interact.js';
import { run } from '../../circuits/run.js';
import { addToTally, type CircuitTally, emptyTally } from '../../circuits/tally.js';
import { wire } from '../../circuits/wire.js';
import { ensure } from '../../core/errors.js';

/** What is simulated. */
export interface Simulation {
  /** Name of a preset, or of the file that the circuit came from. */
  readonly name: string;
  readonly seed: number;
  /** Seconds of the circuit's time. */
  readonly seconds: number;
  readonly circuit: Circuit;
  readonly environment: Environment<unknown> | undefined;
}

/** How far a simulation has come. */
export interface SimulationState {
  readonly state: CircuitState;
  /** Memory of its environment. */
  readonly memory: unknown;
  readonly tally: CircuitTally;
}

/** Steps of a whole simulation. @throws {StdpError} when its time is no whole number of them, or more than a circuit counts. */
export function stepsOf({ seconds, circuit: { dt } }: Simulation): number {
  const steps = wholeSteps(seconds * 1000, dt);
  const problem = () => `is ${seconds}: must be a whole number of steps of ${dt} ms, from 1 to 2^31`;
  ensure(steps !== undefined && steps > 0, 'stdp simulate', '--seconds', problem);
  return steps;
}

/** A simulation before its first step. @throws {StdpError} when no step can be done: what waits for input has to have an environment. */
export function beginSimulation({ circuit, environment }: Simulation): SimulationState {
  const first = init(circuit, wire(circuit));
  if (environment !== undefined) return { state: first, memory: environment.init, tally: emptyTally(circuit) };
  for (const [name, population] of Object.entries(circuit.populations)) {
    const isFed = !('source' in population) || population.source !== 'input';
    const problem = () => "is 'input', which nobody gives here: list its spikes ('spikes') or draw them ('poisson')";
    ensure(isFed, 'stdp simulate', `populations.${name}.source`, problem);
  }
  const [state] = run(circuit, first, 0);
  return { state, memory: undefined, tally: emptyTally(circuit) };
}

/**
 * So many steps further, at most to the end; in an environment so many turns. The result of all steps doesn't depend on the parts in which
 * they are done.
 */
export function simulateFurther(simulation: Simulation, now: SimulationState, steps: number): SimulationState {
  const { circuit, environment } = simulation;
  const end = stepsOf(simulation);
  const [state, memory, records] = advanced(simulation, now, Math.min(steps, end - now.state.step));
  const second = Math.round(1000 / circuit.dt);
  return { state, memory: environment === undefined ? undefined : memory, tally: addToTally(now.tally, records, end - second) };
}

function advanced(
  { circuit, environment }: Simulation,
  { state, memory }: SimulationState,
  steps: number,
): readonly [CircuitState, unknown, CircuitRecords] {
  if (environment === undefined) {
    const [next, records] = run(circuit, state, steps);
    return [next, undefined, records];
  }
  const turns = Math.max(1, Math.floor(steps / environment.act(memory).steps));
  const [[next, seen], records] = interact(circuit, environment, [state, memory], turns);
  return [next, seen, records];
}

/** The circuit with records, where it asks for none: spikes and rates of all neurons, the mean of weights that learn. */
export function withRecords(circuit: Circuit): Circuit {
  if (circuit.records !== undefined) return circuit;
  const neurons = Object.entries(circuit.populations).flatMap(([name, population]) => ('neuron' in population ? [name] : []));
  const learned = Object.entries(circuit.projections ?? {}).flatMap(([name, { rule }]) => (rule === undefined ? [] : [name]));
  const every = circuit.dt * Math.round(100 / circuit.dt);
  return {
    ...circuit,
    records: {
      spikes: neurons,
      rates: { of: neurons, every },
      ...(learned.length > 0 && { weights: { of: learned, every, as: 'mean' } }),
    },
  };
}
