import { namesOf } from '../data/classNames.js';
import type { DataSet } from '../data/dataSet.js';
import { kindOf, type Run } from '../io/kinds/networkKinds.js';
import { percent } from '../io/percent.js';
import { type Report, renderReport } from '../io/report.js';

/** The pictures and the report of a run, by file name. */
export async function reportFiles(run: Run, data: DataSet): Promise<ReadonlyMap<string, Uint8Array | string>> {
  const pictures = await kindOf(run).pictures(run, data);
  const report = renderReport({
    ...pictures,
    title: `${run.network.name}: STDP on ${run.data.name}`,
    facts: facts(run, pictures.facts),
    confusion:
      run.score === undefined
        ? undefined
        : { classes: namesOf(run.data.classNames, run.score.confusion.length), counts: run.score.confusion },
  });
  return new Map<string, Uint8Array | string>([
    ['report.html', report],
    ...pictures.fields.map(({ png }, index) => [`receptive-fields-layer${index + 1}.png`, png] as const),
  ]);
}

/** No times and places: the same run has the same report, unbroken or not. `run.json` has those. */
const facts = (run: Run, own: Report['facts']): Report['facts'] => [
  ['Status', run.status],
  ...(run.score === undefined
    ? []
    : [['Accuracy', `${percent(run.score.accuracy)} on ${run.data.holdout > 0 ? 'held-out training' : 'test'} images`] as const]),
  ...own,
  ['Data set', `${run.data.name}, ${run.data.train} training images`],
  ['Seed', String(run.seed)],
  ...(run.process === undefined ? [] : [['Command', run.process.command] as const]),
];
