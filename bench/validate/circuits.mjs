// Circuits in the rows.
import { init, interact, run, wire } from 'tfjs-stdp/circuits';

export const started = (circuit) => init(circuit, wire(circuit));

/** Steps of so many seconds. */
export const stepsOf = (circuit, seconds) => Math.round((1000 * seconds) / circuit.dt);

/** Runs a circuit from a state, or from its first. @returns the state and the records. */
export const runFor = (circuit, seconds, state = started(circuit)) => run(circuit, state, stepsOf(circuit, seconds));

/** Turns of an environment until a time, a look between them: `look(state, records, memory)`, true to stop. */
export function live(circuit, environment, seconds, { turns = 1, state = started(circuit), look = () => false } = {}) {
  let now = [state, environment.init];
  const end = stepsOf(circuit, seconds);
  while (now[0].step < end) {
    const [next, records] = interact(circuit, environment, now, turns);
    now = next;
    if (look(now[0], records, now[1])) break;
  }
  return now;
}

/** Mean rate of the spikes of a population, Hz. */
export const rateOf = ({ spikes }, name, size, seconds) => spikes[name].step.length / size / seconds;
