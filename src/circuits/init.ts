import { ensure } from '../core/errors.js';
import { nothingMore } from '../core/params/nothingMore.js';
import { fork, type Seed } from '../core/random.js';
import { show } from '../core/show.js';
import { isRecord } from '../core/trees.js';
import { isNeurons } from './checked/populations.js';
import type { CheckedProjection } from './checked/projections.js';
import { checkedSynapses } from './checked/synapses.js';
import type { Circuit } from './circuit.js';
import type { Arrays, CircuitState, CircuitWiring } from './circuitState.js';
import { drawnValues } from './drawnValues.js';
import { endsOf } from './endsOf.js';
import { type FirstValue, neuronModel, restOf } from './neurons/neuronKinds.js';
import { ownNeurons } from './neurons/registerNeuron.js';
import type { NeuronPopulation, Population } from './population.js';
import { streamOf } from './streams.js';
import { checkedCircuit } from './validateCircuit.js';

/**
 * A circuit before its first step: neurons at rest, or as `init` of their population draws them, and first weights. No spike is on its
 * way.
 *
 * Weights have one value for all synapses where one number is given and nothing changes it. What is drawn depends on the seed and on how
 * many populations, or projections, stand before. The state holds plain arrays alone: {@link saveState} keeps it, and a run from what
 * {@link loadState} brings back goes on bit for bit.
 *
 * @param wiring  from {@link wire}.
 * @throws {StdpError} as {@link validateCircuit} tells, or when the wiring is of another circuit.
 * @example
 * const circuit = {
 *   dt: 1,
 *   populations: { e: { size: 3, neuron: 'lif', init: { v: -55 } } },
 *   projections: { ee: { from: 'e', to: 'e', weight: 2 } },
 * };
 * const { populations, projections } = init(circuit, wire(circuit));
 * [populations['e']?.['v'], projections['ee']?.['w']];   // => [[-55, -55, -55], [2]]
 */
export function init(circuit: Circuit, wiring: CircuitWiring, ...more: readonly never[]): CircuitState {
  nothingMore(more, 'init', 'init(circuit, wiring)');
  const checked = checkedCircuit(circuit, 'init');
  ensure(isRecord(wiring), 'init', 'wiring', () => `must be what wire(circuit) gave, got ${show(wiring)}`);
  const populations = Object.entries(checked.populations).map(([name, population], index) => {
    return [name, firstOf(population, streamOf(checked.seed, 'firstValues', index))] as const;
  });
  const projections = Object.entries(checked.projections).map(([name, projection], index) => {
    const { target } = checkedSynapses(wiring[name], endsOf(checked, projection), { where: 'init', argument: `wiring.${name}` });
    return [name, { w: firstWeights(projection, target.length, streamOf(checked.seed, 'weights', index)) }] as const;
  });
  return {
    step: 0,
    wiring,
    populations: Object.fromEntries(populations),
    projections: Object.fromEntries(projections),
    windows: {},
  };
}

function firstOf(population: Population, seed: Seed): Arrays {
  const pending = { pendingStep: new Int32Array(), pendingNeuron: new Int32Array() };
  if (isNeurons(population)) return { ...variablesOf(population, seed), ...pending };
  if (population.source !== 'poisson') return pending;
  return { next: new Float64Array(1), draw: new Uint32Array(2), rate: new Float64Array(1), ...pending };
}

function variablesOf(population: NeuronPopulation, seed: Seed): Arrays {
  const { size, init: drawn = {} } = population;
  const model = neuronModel(population);
  const rest: readonly (readonly [string, FirstValue])[] = Object.entries(
    model === undefined ? (ownNeurons.get(population.neuron)?.variables ?? {}) : restOf(model),
  );
  const given = new Map(
    rest.map(([name, first], index) => {
      const value = Object.hasOwn(drawn, name) ? drawn[name] : undefined;
      return [name, drawnValues(value ?? (typeof first === 'number' ? first : 0), size, fork(seed, index))] as const;
    }),
  );
  const v = given.get('v') ?? new Float32Array(size);
  const variables = rest.map(([name, first]) => {
    const own = given.get(name);
    return [name, typeof first === 'number' || Object.hasOwn(drawn, name) ? own : v.map(first)] as const;
  });
  return { ...Object.fromEntries(variables), ...(model !== undefined && { until: new Int32Array(size) }) };
}

/** Whether synapses have weights of their own. */
const haveOwn = ({ weight, rule, scaling, heterosynaptic, rewiring }: CheckedProjection): boolean =>
  typeof weight !== 'number' || [rule, scaling, heterosynaptic, rewiring].some((part) => part !== undefined);

function firstWeights(projection: CheckedProjection, synapses: number, seed: Seed): Float32Array {
  const w = drawnValues(projection.weight, haveOwn(projection) ? synapses : 1, seed);
  const { wMin, wMax, hardBound } = projection.rule?.params ?? {};
  if (typeof wMin !== 'number' || typeof wMax !== 'number' || hardBound === false) return w;
  return w.map((weight) => Math.min(wMax, Math.max(wMin, weight)));
}
