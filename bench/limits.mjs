// What memory allows: weights read and written in place, and copied, by kernels that do nothing else.
import { Arena } from '../dist/kernels/module/arena.js';
import { ruleKernels } from '../dist/kernels/module/ruleKernels.js';
import { median } from './rounds.mjs';

/** Milliseconds to go over so many weights once. */
export function limits(weights) {
  const arena = new Arena(8 * weights + 1024, ruleKernels);
  const [from, to] = [arena.take(4 * weights), arena.take(4 * weights)];
  const time = (run) =>
    median(
      Array.from({ length: 21 }, () => {
        const start = performance.now();
        for (let index = 0; index < 3; index++) run();
        return (performance.now() - start) / 3;
      }),
    );
  return {
    inPlace: time(() => arena.kernels.clampAll(weights, from, from, 0, 1)),
    copy: time(() => arena.kernels.copy(weights, from, to)),
  };
}
