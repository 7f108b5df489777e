import { at } from '../../../core/at.js';
import type { Work } from '../encodeImages.js';
import { featuresOf } from '../extractFeatures.js';
import { branchesOf, ofBranch, withLayers } from '../spec/branches.js';
import { layerSizes } from '../spec/layerSizes.js';
import { type NetworkSpec, readoutDefaults } from '../spec/networkSpec.js';
import { readingOf } from '../spec/readoutSpec.js';
import { type SpikeTimes, timesOfBranch } from '../spikeTimes.js';
import type { LayerDensity } from './control.js';

/** Images over which spikes are counted. */
const counted = 300;

/** Halvings of the range in which a threshold is looked for. */
const halvings = 12;

/**
 * The thresholds at which a network of other weights gives as many spikes as a trained one, layer by layer. At those of the trained one it
 * would hardly fire, or all the time.
 *
 * @param times  of training images, of which the first are taken.
 */
export async function matchedDensities(
  { network, weights: trainedWeights }: { readonly network: NetworkSpec; readonly weights: readonly Float32Array[] },
  weights: readonly Float32Array[],
  times: SpikeTimes,
  work: Work,
): Promise<readonly LayerDensity[]> {
  const seen = firstImages(times, counted);
  const densities: LayerDensity[] = [];
  for (const branch of branchesOf(network)) {
    const own = { network: branch.spec, weights: ofBranch(branch, trainedWeights) };
    const found = await densitiesOf(own, ofBranch(branch, weights), timesOfBranch(seen, branch), work);
    densities.push(...found.map(({ layer, ...density }) => ({ layer: layer + branch.firstLayer, ...density })));
  }
  return densities;
}

/** The same of one branch. */
async function densitiesOf(
  { network, weights: trainedWeights }: { readonly network: NetworkSpec; readonly weights: readonly Float32Array[] },
  weights: readonly Float32Array[],
  seen: SpikeTimes,
  work: Work,
): Promise<readonly LayerDensity[]> {
  const spiking = network.layers.length - (readingOf(network.readout).source === 'spikes' ? 0 : 1);
  const densities: LayerDensity[] = [];
  for (let layer = 0; layer < spiking; layer++) {
    const trained = await density(network, trainedWeights, layer, seen, work);
    const below = densities.reduce(withThreshold, network);
    densities.push({ layer, trained, ...(await matchedThreshold(below, weights, layer, seen, trained, work)) });
  }
  return densities;
}

/** The threshold at which a layer gives as many spikes as are wanted, or as near as it comes, and how many those are. */
async function matchedThreshold(
  network: NetworkSpec,
  weights: readonly Float32Array[],
  layer: number,
  times: SpikeTimes,
  wanted: number,
  work: Work,
): Promise<{ readonly threshold: number; readonly control: number }> {
  let [low, high] = [0, greatestPotential(at(weights, layer), at(network.layers, layer).maps)];
  let best = { threshold: at(network.layers, layer).threshold, control: Number.POSITIVE_INFINITY };
  for (let step = 0; step < halvings && high > low; step++) {
    const threshold = Math.fround((low + high) / 2);
    if (threshold <= 0) break;
    const control = await density(withThreshold(network, { layer, threshold }), weights, layer, times, work);
    if (Math.abs(control - wanted) < Math.abs(best.control - wanted)) best = { threshold, control };
    if (control > wanted) low = threshold;
    else high = threshold;
  }
  return best;
}

/** What the map that weighs most comes to with all its inputs. */
function greatestPotential(weights: Float32Array, maps: number): number {
  const sums = new Float64Array(maps);
  weights.forEach((weight, index) => {
    sums[index % maps] = weight + at(sums, index % maps);
  });
  return sums.reduce((most, sum) => Math.max(most, sum), 0);
}

/** Cells of a layer with a spike, on average: those of its pooling, of the last layer those of the read-out. */
async function density(
  network: NetworkSpec,
  weights: readonly Float32Array[],
  layer: number,
  times: SpikeTimes,
  work: Work,
): Promise<number> {
  const layers = network.layers.slice(0, layer + 1);
  const side = Math.max(...at(layerSizes(network, times.height, times.width), layer));
  const isLast = layers.length === network.layers.length;
  const grid = isLast ? network.readout.grid : Math.ceil(side / at(layers, layer).poolSize);
  const cut: NetworkSpec = { ...network, layers, readout: { ...readoutDefaults, source: 'spikes', grid } };
  const { values, count } = await featuresOf(times, weights.slice(0, layer + 1), cut, work);
  return values.reduce((spikes, value) => (value > 0 ? spikes + 1 : spikes), 0) / count;
}

/** A network with another threshold of a layer. */
export const withThreshold = (
  network: NetworkSpec,
  { layer, threshold }: Pick<LayerDensity, 'layer' | 'threshold'>,
): NetworkSpec => withLayers(network, (own, index) => (index === layer ? { ...own, threshold } : own));

function firstImages(times: SpikeTimes, most: number): SpikeTimes {
  const count = Math.min(times.count, most);
  return { ...times, count, values: times.values.subarray(0, (times.values.length / times.count) * count) };
}
