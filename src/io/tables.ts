import { at, floatAt } from '../core/at.js';
import { ensure } from '../core/errors.js';
import { namesOf } from '../data/classNames.js';
import type { DataSet } from '../data/dataSet.js';
import { kindOf, type Run } from './kinds/networkKinds.js';
import { histogramBars } from './plots/histogramBars.js';
import type { TableName } from './tableNames.js';

/** Numbers in lines, under names. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: Iterable<readonly (string | number)[]>;
}

/** The numbers of a run; spikes are asked of the data that it was tested on, which is loaded only then. */
export async function tableOf(run: Run, name: TableName, data: () => Promise<DataSet>, where: string): Promise<Table> {
  const kind = kindOf(run);
  if (name === 'confusion') return confusionTable(run, where);
  if (name === 'spikes') {
    const { spikes, unit } = await kind.spikes(run, await data());
    return { columns: [unit, 'neuron', 'channel'], rows: spikes.map((spike) => [spike.time, spike.neuron, spike.channel]) };
  }
  const { learning, histograms, fields } = kind.numbers(run);
  if (name === 'learning') {
    const rows = learning.series.flatMap((series) => series.points.map(([x, y]) => [series.name, x, y] as const));
    return { columns: ['series', learning.xLabel, learning.yLabel], rows };
  }
  if (name === 'histogram') {
    const rows = histograms.flatMap((layer) =>
      histogramBars(layer.values).map(({ from, to, count }) => [layer.name, from, to, count] as const),
    );
    return { columns: ['layer', 'from', 'to', 'weights'], rows };
  }
  return { columns: ['layer', 'map', 'row', 'column', 'channel', 'weight'], rows: fieldRows(fields) };
}

function confusionTable({ score, data }: Run, where: string): Table {
  ensure(score !== undefined, where, 'confusion', () => 'is of a test, and the run ended before its own');
  const { confusion } = score;
  const names = namesOf(data.classNames, confusion.length);
  const rows = confusion.flatMap((counts, label) =>
    counts.map((count, answer) => [at(names, label), at(names, answer), count] as const),
  );
  return { columns: ['class', 'answer', 'images'], rows };
}

/** A line for each weight: there may be millions. */
function* fieldRows(fields: ReturnType<ReturnType<typeof kindOf>['numbers']>['fields']): Generator<readonly (string | number)[]> {
  for (const { name, values, shape } of fields) {
    const [, columns, channels, maps] = shape;
    for (let index = 0; index < values.length; index++) {
      const place = Math.floor(index / maps);
      const pixel = Math.floor(place / channels);
      yield [name, index % maps, Math.floor(pixel / columns), pixel % columns, place % channels, floatAt(values, index)];
    }
  }
}
