import type { Circuit, CircuitCoincidence } from '../../../src/circuits/circuit.js';
import type { CircuitInput, CircuitState, SpikeList } from '../../../src/circuits/circuitState.js';
import { init } from '../../../src/circuits/init.js';
import type { Projection } from '../../../src/circuits/projection.js';
import { run } from '../../../src/circuits/run.js';
import { wire } from '../../../src/circuits/wire.js';
import { at } from '../../../src/core/at.js';
import { fork, randomUniform } from '../../../src/core/random.js';

/** A projection that is tested, between two populations that fire as they are told. */
export interface Layers {
  readonly from: 'source' | 'neurons';
  readonly projection: Omit<Projection, 'from' | 'to'>;
  readonly coincidence?: CircuitCoincidence;
  readonly dt?: number;
  readonly pre?: number;
  readonly post?: number;
}

/** The circuit of them: `a` (a source, or neurons that a source drives) onto `b`, neurons that a source drives. */
export function layersOf({ from, projection, coincidence = 'neither', dt = 1, pre = 12, post = 9 }: Layers): Circuit {
  const neurons = { neuron: 'integrateAndFire', params: { vTh: 50, receptors: { drive: { tau: 0 }, learn: { tau: 0 } } } };
  const driven = { receptor: 'drive', weight: 1000, wiring: 'oneToOne' } as const;
  const isSource = from === 'source';
  return {
    dt,
    seed: 5,
    coincidence,
    populations: {
      a: isSource ? { size: pre, source: 'input' } : { size: pre, ...neurons },
      b: { size: post, ...neurons },
      driveB: { size: post, source: 'input' },
      ...(!isSource && { driveA: { size: pre, source: 'input' } }),
    },
    projections: {
      driveB: { from: 'driveB', to: 'b', ...driven },
      ...(!isSource && { driveA: { from: 'driveA', to: 'a', ...driven } }),
      tested: { from: 'a', to: 'b', receptor: 'learn', wiring: { type: 'sparse', probability: 0.5 }, ...projection },
    },
    records: { spikes: ['a', 'b'], voltage: { of: 'b', neurons: Array.from({ length: post }, (_, j) => j), every: dt } },
  };
}

/** Random spikes of so many neurons, each with a chance in each step. */
export function randomSpikes(neurons: number, steps: number, chance: number, seed: number): SpikeList {
  const drawn = randomUniform(neurons * steps, fork(seed, 7));
  const fired = [...drawn.keys()].filter((place) => at(drawn, place) < chance);
  return {
    step: Int32Array.from(fired, (place) => Math.floor(place / neurons)),
    neuron: Int32Array.from(fired, (place) => place % neurons),
  };
}

/** What drives both populations. */
export function spikesFor({ from, pre = 12, post = 9 }: Layers, steps: number, seed: number, chance = 0.15) {
  const drive = from === 'source' ? 'a' : 'driveA';
  return { [drive]: randomSpikes(pre, steps, chance, seed), driveB: randomSpikes(post, steps, chance, seed + 1) };
}

/** What a run of it tells: the spikes of both sides, step by step as 0 and 1, as they arrive; and the states before and after. */
export interface Heard {
  readonly before: CircuitState;
  readonly after: CircuitState;
  readonly pre: readonly Float32Array[];
  readonly post: readonly Float32Array[];
  /** Potentials of `b` at the end of each step. */
  readonly voltage: readonly Float32Array[];
}

/** Runs it on random spikes. */
export function hear(layers: Layers, steps: number, seed: number, input: CircuitInput = {}): Heard {
  const circuit = layersOf(layers);
  const before = init(circuit, wire(circuit));
  const { pre = 12, post = 9, dt = 1 } = layers;
  const spikes = spikesFor(layers, steps, seed);
  const [after, { spikes: heard, voltage }] = run(circuit, before, steps, { ...input, spikes });
  const delay = Math.round((layers.projection.delay ?? 0) / dt);
  return {
    ...{ before, after, pre: trains(heard['a'], pre, steps, delay), post: trains(heard['b'], post, steps, 0) },
    voltage: Array.from({ length: steps }, (_, t) => (voltage?.values ?? new Float32Array()).slice(t * post, (t + 1) * post)),
  };
}

function trains(list: SpikeList | undefined, neurons: number, steps: number, delay: number): readonly Float32Array[] {
  const layers = Array.from({ length: steps }, () => new Float32Array(neurons));
  list?.step.forEach((step, index) => {
    const layer = layers[step + delay];
    if (layer !== undefined) layer[at(list.neuron, index)] = 1;
  });
  return layers;
}

/** The pairs of neurons of the synapses of a state. */
export function pairsOf({ wiring }: CircuitState, projection = 'tested'): readonly (readonly [pre: number, post: number])[] {
  const { start, target } = wiring[projection] ?? { start: new Uint32Array(1), target: new Uint16Array() };
  return Array.from({ length: start.length - 1 }, (_, pre) =>
    Array.from(target.subarray(at(start, pre), at(start, pre + 1)), (post) => [pre, post] as const),
  ).flat();
}

/** The weights of the projection that is tested. */
export function weightsOf({ projections }: CircuitState): Float32Array {
  const w = projections['tested']?.['w'];
  if (!(w instanceof Float32Array)) throw new RangeError('there are no weights');
  return w;
}
