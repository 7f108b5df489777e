import * as tf from '@tensorflow/tfjs-core';
import { at } from '../../core/at.js';
import type { Numeric } from '../../core/params/validation.js';
import { asTensor, sumOf } from '../../core/tensors.js';
import { alongWeights } from '../../topologies/perOutput.js';
import { positionsOf } from '../../topologies/synapseSums.js';
import type { Topology } from '../../topologies/topology.js';
import { perOutput, traceDecay } from '../../traces/exponentialTrace.js';
import type { Delta } from '../../updates/delta.js';
import { perSample } from '../../updates/perSample.js';
import { splitSigns } from '../../updates/splitSigns.js';
import type { UpdateParams } from '../../updates/updateParams.js';
import { type ActivityStep, tensorActivities } from '../activities.js';
import type { FastPath } from '../fastPath.js';
import type { RuleDefinition } from '../makeRule.js';
import type { Arrival } from '../ofActivities.js';
import { pairSides } from '../pair/pairTraces.js';
import type { StdpState } from '../pair/stdpState.js';
import { programPath } from '../programPath.js';
import { synapseShape } from '../rule.js';
import { isPerSynapse, rewarded, type SignedHalf, scaled, times, type Wiring } from '../signedDelta.js';

/** A trace of every synapse: E' = exp(−dt/tauEligibility)·E + Σ of `parts` of the step. A reward changes the weight by rate·reward·E. */
interface Eligibility {
  readonly name: string;
  readonly parts: readonly number[];
  readonly rate: Numeric;
}

/** What the body of a rule with eligibilities is made of. */
interface EligibilityParts {
  readonly step: ActivityStep<keyof typeof pairSides>;
  readonly arrival: Arrival<object>;
  readonly traces: readonly Eligibility[];
  /** Which side a change is on: the one that its own sign says, or that of rate·reward, whatever E is. */
  readonly sorted: 'byChange' | 'byRate';
}

interface Params {
  readonly dt: number;
  readonly tauEligibility: Numeric;
  readonly readout?: 'present' | 'previous';
  readonly positions?: 'sum' | 'mean';
  readonly scale?: number;
}

type Tensors = { readonly [name: string]: tf.Tensor };

/** The body of a rule whose pairs of spikes are remembered by each synapse until a reward comes. */
export function ofEligibility<State extends object>(
  where: string,
  { step, arrival, traces, sorted }: EligibilityParts,
  topology: Topology,
  { tauEligibility: tau, dt, readout = 'present', positions = 'sum', scale = 1 }: Params,
  update: UpdateParams,
): Pick<RuleDefinition<State>, 'init' | 'delta' | 'update' | 'fast'> {
  return {
    init: (shapes) => {
      const due = [...synapseShape(topology, shapes, where)];
      const pairs = { tPre: tf.zeros([...shapes.pre]), tPost: tf.zeros([...shapes.post]), ...arrival.init(shapes, topology) };
      return { ...pairs, ...Object.fromEntries(traces.map(({ name }) => [name, tf.zeros(due)])) } as State;
    },
    delta: (input, w, given) => {
      const [wiring, state] = [{ topology, weightShape: w.shape }, given as StdpState & Tensors];
      const { parts, next } = step(tensorActivities, input, state);
      const { halves, records } = arrival.through(parts, input, state, wiring);
      const share = positions === 'mean' ? 1 / positionsOf(input.post.shape, topology, w.shape) : 1;
      const decay = alongWeights(traceDecay({ tau, dt, amplitude: 1, integration: 'exact' }), topology);
      const after: Tensors = Object.fromEntries(
        traces.map(({ name, parts: own }) => {
          const before = state[name] as tf.Tensor;
          const pairs = sumOf(own.map((part) => ratedSample(at(halves, part), share, wiring)));
          return [name, tf.add(tf.mul(before, perOutput(decay, before)), pairs)];
        }),
      );
      const read = readout === 'present' ? after : state;
      const due = traces.map(({ name, rate }) => ({ rate, term: { perSample: read[name] as tf.Tensor } }));
      const { reward } = input;
      const byChange = () => modulated(sumOf(due.map((half) => ratedSample(half, 1, wiring))), times(reward ?? 0, scale));
      const delta = sorted === 'byRate' || reward === undefined ? rewarded(due, wiring, reward, scale) : byChange();
      return [delta, { ...next, ...records, ...after } as State];
    },
    update,
    fast: fastPath(),
  };

  /** In kernels, where each constant is one number and positions are summed. */
  function fastPath(): FastPath<State> | undefined {
    if (typeof tau !== 'number' || (positions === 'mean' && topology.rank > 2)) return undefined;
    const decay = Math.exp(-dt / tau);
    const numbers = traces.flatMap(({ rate, ...trace }) => (typeof rate === 'number' ? [{ ...trace, rate, decay, sorted }] : []));
    if (numbers.length < traces.length) return undefined;
    return programPath({ step, sides: pairSides, synapses: { reads: readout, traces: numbers } }, topology, update, scale);
  }
}

/** A part times its rate and a share, sample by sample. */
function ratedSample({ rate, term }: SignedHalf, share: number, { topology, weightShape }: Wiring): tf.Tensor {
  const rated = isPerSynapse(rate) ? { perSample: perSample(term, topology, weightShape) } : term;
  const own = 'perSample' in rated ? alongWeights(rate, topology) : rate;
  const factor = typeof own === 'number' ? own * share : tf.mul(asTensor(own), share);
  return perSample(scaled(rated, factor), topology, weightShape);
}

/** A signed change per sample, times its reward, sorted by direction. */
export function modulated(earned: tf.Tensor, reward: number | tf.Tensor): Delta {
  const perWeight = earned.shape.slice(1).map(() => 1);
  const factor = typeof reward === 'number' || reward.rank === 0 ? reward : tf.reshape(reward, [-1, ...perWeight]);
  const { raises, lowers } = splitSigns(tf.mul(earned, factor));
  return { potentiation: [{ perSample: raises }], depression: [{ perSample: lowers }] };
}
