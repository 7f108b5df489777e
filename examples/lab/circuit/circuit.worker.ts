import { type Circuit, type CircuitRecords, ready, type SpikeList } from 'tfjs-stdp/circuits';
import type { CircuitCommand, CircuitReply, DrawnSpikes, Frame } from './protocol.js';
import { mostDrawn } from './protocol.js';
import { advanced, begun, changed, type Simulation } from './simulation.js';

const reply = (message: CircuitReply): void => self.postMessage(message);

/** Milliseconds between two turns, and the most of the network's time that one of them makes up for. */
const [turn, mostBehind] = [40, 100];

let simulation: Simulation | undefined;
let speed = 0;
/** When the network last advanced, in the page's time. */
let last = 0;
/** Seconds of the network a second, of late. */
let pace: number | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

const loaded = ready();

self.onmessage = async ({ data }: MessageEvent<CircuitCommand>) => {
  await loaded;
  orRefuse(() => obey(data), false);
};

/** Tells why something could not be done. */
function orRefuse(act: () => void, stopped: boolean): void {
  try {
    act();
  } catch (reason) {
    reply({ type: 'refused', message: reason instanceof Error ? reason.message : String(reason), stopped });
  }
}

function obey(command: CircuitCommand): void {
  switch (command.type) {
    case 'begin':
      take(begun(command.circuit));
      return;
    case 'change':
      take(simulation === undefined ? begun(command.circuit) : changed(simulation, command.circuit));
      return;
    case 'run':
      stop();
      speed = command.speed;
      last = performance.now();
      if (command.on) timer = setTimeout(advanceOrStop, turn);
      return;
    default:
      command satisfies never;
  }
}

function take(next: Simulation): void {
  const anew = next.state.step === 0;
  simulation = next;
  reply({ type: 'taken' });
  if (anew) tell(next, { spikes: {}, rates: {}, weights: {} }, true);
}

const stop = (): void => {
  clearTimeout(timer);
  pace = undefined;
};

/** Brings the network to where its speed would have it; where the machine is slower, as far as it comes. */
function advance(): void {
  if (simulation === undefined) return;
  const begin = performance.now();
  const due = Math.min((begin - last) * speed, mostBehind);
  const { dt } = simulation.circuit;
  const steps = Math.max(1, Math.floor(due / dt));
  const [next, records] = advanced(simulation, steps);
  simulation = next;
  const took = Math.max(performance.now() - begin, begin - last);
  pace = mean(pace, (steps * dt) / took);
  last = begin;
  tell(next, records, false);
  timer = setTimeout(advanceOrStop, Math.max(0, turn - (performance.now() - begin)));
}

const advanceOrStop = (): void => orRefuse(advance, true);

const mean = (before: number | undefined, now: number): number => (before === undefined ? now : 0.9 * before + 0.1 * now);

function tell({ circuit, state }: Simulation, { spikes, rates, weights }: CircuitRecords, anew: boolean): void {
  const drawn = Object.entries(spikes).map(([name, list]) => [name, drawnOf(list, circuit)] as const);
  const frame: Frame = {
    time: state.step * circuit.dt,
    dt: circuit.dt,
    speed: pace,
    anew,
    spikes: Object.fromEntries(drawn),
    rates,
    weights,
  };
  reply({ type: 'frame', frame });
}

function drawnOf({ step, neuron }: SpikeList, { dt }: Circuit): DrawnSpikes {
  const seen = [...neuron.keys()].filter((index) => Number(neuron[index]) < mostDrawn);
  return {
    time: Float32Array.from(seen, (index) => Number(step[index]) * dt),
    neuron: Uint16Array.from(seen, (index) => Number(neuron[index])),
  };
}
