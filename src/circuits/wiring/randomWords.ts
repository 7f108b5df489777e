import { wordAt } from '../../core/at.js';
import { fork, randomUint32, type Seed } from '../../core/random.js';

const block = 4096;

/** What gives one random 32-bit word after the other. */
export function randomWords(seed: Seed): () => number {
  let words: Uint32Array = new Uint32Array();
  let [drawn, next] = [0, 0];
  return () => {
    if (next === words.length) {
      words = randomUint32(block, fork(seed, drawn++));
      next = 0;
    }
    return wordAt(words, next++);
  };
}
