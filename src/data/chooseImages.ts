import { StdpError } from '../core/errors.js';
import { type DataSet, splitLast, takeFirst } from './dataSet.js';

/** Which images of a data set are used. */
export interface ImageChoice {
  /** The first so many to train on; `undefined`: all. */
  readonly train: number | undefined;
  /**
   * The last so many images to train on, or below 1 that share of them, take the place of the test images, which are then not looked
   * at; 0: none.
   */
  readonly holdout: number;
}

/** How many images a hold-out takes. */
export const heldOut = ({ train }: DataSet, holdout: number): number => heldOutOf(train.count, holdout);

/** {@link heldOut} of so many images to train on. */
export const heldOutOf = (count: number, holdout: number): number =>
  holdout > 0 && holdout < 1 ? Math.max(1, Math.round(holdout * count)) : holdout;

/**
 * A data set of the chosen images.
 *
 * @param prefix  of the names of the fields, for messages: `--` on a command line.
 * @throws {StdpError} when there aren't so many.
 */
export function chooseImages(data: DataSet, { train, holdout }: ImageChoice, prefix = '', where = 'stdp'): DataSet {
  const kept = heldOut(data, holdout);
  if (kept > 0 && kept >= data.train.count)
    throw new StdpError(where, `${prefix}holdout`, `takes ${kept} images of ${data.train.count}: none are left to train on`);
  const [learn, test] = kept > 0 ? splitLast(data.train, kept) : [data.train, data.test];
  const wanted = train ?? learn.count;
  if (wanted > learn.count)
    throw new StdpError(where, `${prefix}train`, `asks for ${wanted} images, ${data.name} has ${learn.count} to train on`);
  return { ...data, train: takeFirst(learn, wanted), test };
}

/** {@link chooseImages}. @throws {StdpError} also when none of them are to be tested on. */
export function chooseTested(data: DataSet, choice: ImageChoice, prefix = ''): DataSet {
  const chosen = chooseImages(data, choice, prefix);
  if (chosen.test.count > 0) return chosen;
  const how = `take some of its ${data.train.count} by ${prefix}holdout, a number or a share such as 0.2`;
  throw new StdpError('stdp', data.name, `has no images apart to test on: ${how}`);
}
