import type { Kernels } from '../module/binary.js';

/** assembly/scanPairs.ts, step by step. */
export const scalarScanPairs = ({
  traceStep,
  applyOne,
}: Pick<Kernels, 'traceStep' | 'applyOne'>): Pick<Kernels, 'scanPairs' | 'scanPairsWords'> => ({
  scanPairsWords: (rows, columns) => rows + columns,
  scanPairs: (steps, rows, columns, w, tPre, tPost, preTrain, postTrain, ...traces) => {
    const [preDecay, preHeight, postDecay, postHeight, nearest, presentPre, presentPost, scratch] = traces;
    for (let time = 0; time < steps; time++) {
      const [pre, post] = [preTrain + 4 * time * rows, postTrain + 4 * time * columns];
      if (!presentPre) traceStep(rows, tPre, pre, scratch, preDecay, 0, false);
      if (!presentPost) traceStep(columns, tPost, post, scratch + 4 * rows, postDecay, 0, false);
      traceStep(rows, tPre, pre, tPre, preDecay, preHeight, nearest);
      traceStep(columns, tPost, post, tPost, postDecay, postHeight, nearest);
      const [xPre, xPost] = [presentPre ? tPre : scratch, presentPost ? tPost : scratch + 4 * rows];
      applyOne(rows, columns, w, w, xPre, post, pre, xPost, 0);
    }
  },
});
