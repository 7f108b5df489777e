import { fieldColours } from 'tfjs-stdp/networks';
import type { DataReport, LearnedReport } from './protocol.js';
import { layer, type Session } from './session.js';
import { pictureAt, type TrainingSet } from './trainingSet.js';

/** What the page shows of a session. */
export function learnedReport(session: Session, rate: number): LearnedReport {
  const { seen, finished, convergence, weights, latest, set } = session;
  const { maps, kernelSize } = layer;
  return {
    type: 'learned',
    seen,
    total: set.times.count,
    finished,
    convergence,
    rate,
    maps,
    size: kernelSize,
    colours: fieldColours(weights, [kernelSize, kernelSize, 2, maps]) as Uint8ClampedArray<ArrayBuffer>,
    winners: latest?.winners,
    image: latest && pictureAt(set, latest.image),
  };
}

/** What the page says of the images. */
export function dataReport({ images, drawings }: TrainingSet): DataReport {
  const { name, rows, columns, classNames, train, test } = images;
  return { type: 'data', name, rows, columns, count: train.count, drawn: drawings.length, classNames, tested: test.count };
}
