import { at, floatAt } from '../../core/at.js';
import type { Seed } from '../../core/random.js';
import type { ProjectionWiring } from '../circuitState.js';
import { chosen } from '../wiring/chosen.js';
import { randomWords } from '../wiring/randomWords.js';

/** A wiring after some synapses have gone and as many have come. */
export interface Rewired {
  readonly wiring: ProjectionWiring;
  /** Which synapse each was before; −1: it is new. */
  readonly was: Int32Array;
}

/** Which pairs of neurons may have a synapse. */
export interface Pairs {
  readonly post: number;
  /** A neuron of one population onto itself too. */
  readonly self: boolean;
}

/** A place of a row that no new synapse may take, and the synapse that is there; −1: none may be. */
interface Taken {
  readonly post: number;
  readonly synapse: number;
}

/**
 * Synapses with |w| < `below` are removed, and as many drawn anew among all pairs that then have none, each choice of so many equally
 * likely: those that were removed may come again.
 */
export function rewired({ start, target }: ProjectionWiring, w: Float32Array, below: number, pairs: Pairs, seed: Seed): Rewired {
  const rows = start.length - 1;
  const taken = Array.from({ length: rows }, (_, row): readonly Taken[] => {
    const kept: Taken[] = [];
    for (let synapse = at(start, row); synapse < at(start, row + 1); synapse++)
      if (Math.abs(floatAt(w, synapse)) >= below) kept.push({ post: at(target, synapse), synapse });
    if (pairs.self || row >= pairs.post) return kept;
    return [...kept, { post: row, synapse: -1 }].sort((a, b) => a.post - b.post);
  });
  const kept = taken.reduce((count, row) => count + row.filter(({ synapse }) => synapse >= 0).length, 0);
  const free = taken.reduce((count, row) => count + pairs.post - row.length, 0);
  const grown = chosen(target.length - kept, free, randomWords(seed));
  const [starts, was] = [new Uint32Array(rows + 1), new Int32Array(target.length)];
  const targets = target instanceof Uint16Array ? new Uint16Array(target.length) : new Uint32Array(target.length);
  let [place, next, before] = [0, 0, 0];
  const add = (post: number, synapse: number): void => {
    targets[place] = post;
    was[place++] = synapse;
  };
  taken.forEach((row, index) => {
    let passed = 0;
    const pass = (beyond: (post: number) => boolean): void => {
      for (let here = row[passed]; here !== undefined && beyond(here.post); here = row[passed]) {
        if (here.synapse >= 0) add(here.post, here.synapse);
        passed++;
      }
    };
    const end = before + pairs.post - row.length;
    for (; next < grown.length && at(grown, next) < end; next++) {
      const gap = at(grown, next) - before;
      pass((post) => post <= gap + passed);
      add(gap + passed, -1);
    }
    pass(() => true);
    before = end;
    starts[index + 1] = place;
  });
  return { wiring: { start: starts, target: targets }, was };
}
