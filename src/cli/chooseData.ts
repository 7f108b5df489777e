import { resolve } from 'node:path';
import { StdpError } from '../core/errors.js';
import { type DataSet, splitLast, takeFirst } from '../data/dataSet.js';
import { digitDataSet } from '../data/digits.js';
import { loadIdxFolder } from '../data/idxFolder.js';
import type { DataChoice } from '../io/run.js';

/** Which images a command asks for. */
export interface DataRequest {
  readonly directory: string | undefined;
  readonly seed: number;
  readonly train: number | undefined;
  readonly holdout: number;
}

/**
 * The data set of a command: IDX files of a directory, or the embedded digits drawn by the seed. With a hold-out the
 * last training images take the place of the test images, which are then not looked at.
 */
export async function chooseData({ directory, seed, train, holdout }: DataRequest): Promise<DataSet> {
  const data = directory === undefined ? digitDataSet(seed) : await loadIdxFolder(directory);
  const [learn, held] = holdout > 0 ? splitOff(data, holdout) : [data.train, data.test];
  const wanted = train ?? learn.count;
  if (wanted > learn.count)
    throw new StdpError('stdp', '--train', `asks for ${wanted} images, ${data.name} has ${learn.count} to train on`);
  return { ...data, train: takeFirst(learn, wanted), test: held };
}

function splitOff(data: DataSet, holdout: number) {
  if (holdout >= data.train.count)
    throw new StdpError('stdp', '--holdout', `takes ${holdout} images of ${data.train.count}: none are left to train on`);
  return splitLast(data.train, holdout);
}

/** How a run remembers its data. */
export const describeData = (data: DataSet, { directory, holdout }: DataRequest, channels: number): DataChoice => ({
  name: data.name,
  ...(directory !== undefined && { directory: resolve(directory) }),
  train: data.train.count,
  holdout,
  channels,
});
