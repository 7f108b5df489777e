import { ensureIs, integerFrom } from '../core/params/validation.js';
import type { CompetitivePreset } from './preset.js';

/**
 * Diehl and Cook 2015, "Unsupervised learning of digit recognition using spike-timing-dependent plasticity": one layer of
 * conductance-based neurons with adaptive thresholds that inhibit each other, learning from Poisson spikes; each neuron comes
 * to stand for a class, and they vote.
 *
 * As in the authors' program: rates up to 63.75 Hz for 350 ms and 150 ms of rest, membrane, conductances, thresholds and their
 * growth with 400 neurons, traces, etaPlus, brighter input when too few spikes come.
 *
 * Different:
 *
 * - No inhibitory neurons: a spike raises gi of all others by 40 a step later, and one neuron at most fires in a step.
 * - Pairs of spikes, not triplets; etaMinus 0.001, not 0.0001; sums of weights 85, not 78; another try below 2 spikes, not 5.
 * - thetaPlus grows with the layer: each of more neurons wins more rarely. 0.05 mV is right for 400.
 * - Votes are weighted by how surely a neuron stands for a class (`readout.vote: 'mean'` is the paper's way). 60 000 images shown, not
 *   three and more times as many. No delays of the input. dt 1 ms, not 0.5.
 */
export const diehlCook2015: CompetitivePreset = {
  kind: 'competitive',
  summary: 'one competitive layer on Poisson spikes, no classifier; --neurons 100, 400 (default), 1600 …',
  source: 'Diehl and Cook 2015, Frontiers in Computational Neuroscience 9:99; one winner a step in place of inhibitory neurons.',
  expected: 'Diehl and Cook 2015: 82.9 % (100 neurons), 87.0 % (400), 91.9 % (1600), 95.0 % (6400) on MNIST.',
  neurons: 400,
  network: (neurons) => {
    ensureIs(integerFrom(1), neurons, 'diehlCook2015', 'neurons');
    return { name: 'diehlCook2015', layer: { neurons, thetaPlus: neurons / 8000 } };
  },
};
