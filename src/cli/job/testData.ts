import type { DataSet } from '../../data/dataSet.js';
import { readingOf } from '../../data/files/reading.js';
import type { Run } from '../../io/kinds/networkKinds.js';
import { chooseData, ensureSameData } from './chooseData.js';

/** The images that a run was tested on, from where it knows them or a place that is given; others only where they are asked for. */
export async function testData(
  run: Run,
  folder: string,
  { data: given, otherData = false }: { readonly data?: string; readonly otherData?: boolean },
): Promise<DataSet> {
  const { data } = await chooseData({
    ...readingOf(run.data),
    directory: given ?? run.data.directory,
    seed: run.seed,
    train: undefined,
    holdout: run.data.holdout,
  });
  ensureSameData(run.data, data, { folder, given: given !== undefined, parts: ['test'], otherData });
  return data;
}
