import type { Rule } from '../rule.js';
import { hasSeparateSynapses } from '../separateSynapses.js';
import type { OneSynapse } from '../window/oneSynapse.js';
import type { PairedSpikes } from '../window/pairChange.js';
import { changesOfPairsAlone } from '../window/pairsAlone.js';
import { changesOfPairsInOneLayer } from '../window/pairsInOneLayer.js';

/**
 * What the rule asks of the weight of a synapse that is alone in its layer, for a pair of spikes, from the first to `afterSteps`
 * behind the second, one pair for each difference.
 *
 * @param synapse      which it is, where the layer is not dense.
 * @param differences  t_post − t_pre in steps, rising.
 * @returns the changes, apart from the weights: no rounding of w₀ + Δw is in them.
 */
export async function changesOfPairs<State>(
  rule: Rule<State>,
  synapse: OneSynapse,
  differences: readonly number[],
  view: PairedSpikes,
): Promise<Float32Array> {
  const inOneLayer = rule.topology.type === 'dense' && hasSeparateSynapses(rule);
  const changes = inOneLayer
    ? changesOfPairsInOneLayer(rule, differences, view)
    : changesOfPairsAlone(rule, synapse, differences, view);
  const values = new Float32Array(await changes.data<'float32'>());
  changes.dispose();
  return values;
}
