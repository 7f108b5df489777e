import { StdpError } from '../core/errors.js';
import { type DataSet, splitLast, takeFirst } from './dataSet.js';

/**
 * Which images of a data set are used.
 *
 * @property train    the first so many to train on; `undefined`: all.
 * @property holdout  the last so many images to train on take the place of the test images, which are then not looked at; 0: none.
 */
export interface ImageChoice {
  readonly train: number | undefined;
  readonly holdout: number;
}

/**
 * A data set of the chosen images.
 *
 * @param prefix  of the names of the fields, for messages: `--` on a command line.
 * @throws {StdpError} when there aren't so many.
 */
export function chooseImages(data: DataSet, { train, holdout }: ImageChoice, prefix = ''): DataSet {
  if (holdout > 0 && holdout >= data.train.count)
    throw new StdpError('stdp', `${prefix}holdout`, `takes ${holdout} images of ${data.train.count}: none are left to train on`);
  const [learn, test] = holdout > 0 ? splitLast(data.train, holdout) : [data.train, data.test];
  const wanted = train ?? learn.count;
  if (wanted > learn.count)
    throw new StdpError('stdp', `${prefix}train`, `asks for ${wanted} images, ${data.name} has ${learn.count} to train on`);
  return { ...data, train: takeFirst(learn, wanted), test };
}
