import { at } from '../../core/at.js';
import { isListOf } from '../../core/lists.js';
import { check, ensureIs, nothingMore, oneOf, optional } from '../../core/params/validation.js';
import { namesOf } from '../../data/classNames.js';
import { fieldsOf } from '../checked/images.js';
import { classifyByMargins } from './classifyByMargins.js';
import { classifyByVotes } from './classifyByVotes.js';
import type { Classification, TrainedNetwork } from './trainedNetwork.js';

/**
 * What a trained network takes one new image for. The same image gets the same answer; a competitive layer sees it with the random
 * spikes of the first test image of its experiment.
 *
 * @param network  what `loadRun` gives, or the parts of an experiment, as below. It runs in a page, too.
 * @param pixels   `rows · columns` bytes of 0 … 255 as the network learned from: for the digits, white on black. Of coloured images
 *   three bytes a pixel, red, green and blue.
 * @throws {StdpError} when the network was not read out yet, its parts don't fit each other, or the pixels are not as many as it sees.
 * @example
 * const network = orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2 }] }));
 * const data = digitDataSet(1, 20, 5);
 * const { training, readout } = await runExperiment(network, data, { seed: 1 });
 * const arrays = { layers: training.weights, readout };
 * const answer = await classifyImage({ kind: 'latency', network, data, arrays }, data.test.pixels.subarray(0, 784));
 * [answer.by, answer.values.length];   // => ['margins', 10]
 * answer.label === answer.values.indexOf(Math.max(...answer.values));   // => true
 */
export async function classifyImage(
  network: TrainedNetwork,
  pixels: Uint8Array,
  ...more: readonly never[]
): Promise<Classification> {
  const where = 'classifyImage';
  nothingMore(more, where, 'classifyImage(network, pixels)');
  const given = fieldsOf(network, where, 'network');
  ensureIs(oneOf('latency', 'competitive'), given.kind, where, 'network.kind');
  const { classNames } = fieldsOf(given.data, where, 'network.data');
  ensureIs(optional(someNames), classNames, where, 'network.data.classNames');
  const told =
    given.kind === 'latency' ? await classifyByMargins(given, pixels, where) : await classifyByVotes(given, pixels, where);
  return { ...told, name: at(namesOf(classNames, told.values.length), told.label) };
}

const someNames = check('a list of names', (names) => isListOf(names, (name) => typeof name === 'string'));
