import { unreachable } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import { type Report, renderReport } from '../../io/report.js';
import type { Run } from '../../io/run.js';
import { percent } from '../text.js';
import { competitivePictures } from './competitiveReport.js';
import { latencyPictures } from './latencyReport.js';
import type { RunPictures } from './runPictures.js';

/** The pictures and the report of a run, by file name. */
export async function runFiles(
  run: Run,
  data: DataSet,
  command: string,
  seconds: number,
): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const pictures = await picturesOf(run, data);
  const report = renderReport({
    ...pictures,
    title: `${run.network.name}: STDP on ${run.data.name}`,
    facts: facts(run, pictures.facts, command, seconds),
    confusion:
      run.score === undefined
        ? undefined
        : { classes: run.score.confusion.map((_, index) => String(index)), counts: run.score.confusion },
  });
  return new Map<string, Uint8Array | string>([
    ['report.html', report],
    ...pictures.fields.map(({ png }, index) => [`receptive-fields-layer${index + 1}.png`, png] as const),
  ]);
}

async function picturesOf(run: Run, data: DataSet): Promise<RunPictures> {
  switch (run.kind) {
    case 'latency':
      return latencyPictures(run, data);
    case 'competitive':
      return competitivePictures(run, data);
    default:
      return unreachable(run);
  }
}

const facts = (run: Run, own: Report['facts'], command: string, seconds: number): Report['facts'] => [
  ['Status', run.status],
  ...(run.score === undefined
    ? []
    : [['Accuracy', `${percent(run.score.accuracy)} on ${run.data.holdout > 0 ? 'held-out training' : 'test'} images`] as const]),
  ...own,
  ['Data set', `${run.data.name}, ${run.data.train} training images`],
  ['Seed', String(run.seed)],
  ['Time', `${seconds.toFixed(1)} s`],
  ['Command', command],
];
