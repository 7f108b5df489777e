import { at } from '../../core/at.js';
import type { Seed } from '../../core/random.js';
import type { CheckedWiring, Ends } from '../checked/wirings.js';
import type { ProjectionWiring } from '../circuitState.js';
import { chosen } from './chosen.js';
import { randomWords } from './randomWords.js';
import { targetsAmong } from './targets.js';

/** The synapses of a wiring, by presynaptic neuron and for each by postsynaptic one. */
export function synapsesOf(wiring: CheckedWiring, ends: Ends, seed: Seed): ProjectionWiring {
  const own = ends.from === ends.to;
  switch (wiring.type) {
    case 'dense':
      return inRows(ends, ends.post, (_, add) => all(ends.post, add));
    case 'lateral':
      return inRows(ends, ends.post, (pre, add) => all(ends.post, (post) => post !== pre && add(post)));
    case 'oneToOne':
      return inRows(ends, 1, (pre, add) => add(pre));
    case 'list': {
      const sorted = [...wiring.pairs].sort(([a, x], [b, y]) => a - b || x - y);
      let next = 0;
      return inRows(ends, sorted.length / ends.pre, (pre, add) => {
        for (; next < sorted.length && at(sorted, next)[0] === pre; next++) add(at(sorted, next)[1]);
      });
    }
    case 'fixedOut': {
      const word = randomWords(seed);
      const skipsSelf = own && wiring.self !== true;
      return inRows(ends, wiring.targets, (pre, add) => {
        const others = chosen(wiring.targets, skipsSelf ? ends.post - 1 : ends.post, word);
        for (const post of others) add(skipsSelf && post >= pre ? post + 1 : post);
      });
    }
    case 'sparse': {
      const skip = skips(wiring.probability, seed);
      const skipsSelf = own && wiring.self !== true;
      let next = skip();
      return inRows(ends, wiring.probability * ends.post, (pre, add) => {
        for (; next < ends.post; next += 1 + skip()) if (!skipsSelf || next !== pre) add(next);
        next -= ends.post;
      });
    }
  }
}

function all(neurons: number, add: (neuron: number) => void): void {
  for (let neuron = 0; neuron < neurons; neuron++) add(neuron);
}

/** Pairs of neurons without a synapse before the next one that has: geometrically distributed. */
function skips(probability: number, seed: Seed): () => number {
  if (probability === 0) return () => Number.POSITIVE_INFINITY;
  const word = randomWords(seed);
  const scale = Math.log1p(-probability);
  return () => Math.floor(Math.log((word() + 1) * 2 ** -32) / scale);
}

/** Compressed rows, filled one after the other. @param expected  synapses of a row. */
function inRows(
  { pre, post }: Ends,
  expected: number,
  fill: (pre: number, add: (post: number) => void) => void,
): ProjectionWiring {
  const targets = targetsAmong(post, expected * pre);
  const start = new Uint32Array(pre + 1);
  for (let row = 0; row < pre; row++) {
    fill(row, targets.add);
    start[row + 1] = targets.count();
  }
  return { start, target: targets.take() };
}
