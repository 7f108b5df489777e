import { StdpError } from '../../core/errors.js';
import { chooseTested, heldOut, type ImageChoice } from '../../data/chooseImages.js';
import type { DataSet } from '../../data/dataSet.js';
import { digitDataSet } from '../../data/digits.js';
import { asRead } from '../../data/files/found.js';
import { readData } from '../../data/files/loadData.js';
import type { DataReading } from '../../data/files/reading.js';
import { fingerprint } from '../../io/buildRun.js';
import type { DataChoice } from '../../io/run.js';

/** Which images a command asks for: those of a file or folder, or the embedded digits. */
export interface DataRequest extends ImageChoice, DataReading {
  readonly directory: string | undefined;
  readonly seed: number;
}

/**
 * The data set of a command: that of a file or folder, or the embedded digits drawn by the seed. With a hold-out the last training images take
 * the place of the test images, which are then not looked at.
 *
 * @returns what was asked for, too, a share that is held out as a number of images.
 */
export async function chooseData<R extends DataRequest>(request: R): Promise<{ readonly data: DataSet; readonly request: R }> {
  const { directory, seed, holdout } = request;
  const whole = directory === undefined ? asRead(digitDataSet(seed), request, 'stdp') : await readData(directory, request);
  return { data: chooseTested(whole, request, '--'), request: { ...request, holdout: heldOut(whole, holdout) } };
}

/** Which images a run is looked at with, and whether they may be others than its own. */
interface SameData {
  readonly folder: string;
  readonly given: boolean;
  readonly parts: readonly ('train' | 'test')[];
  readonly otherData: boolean;
}

/**
 * Throws unless these are the images of a run: of their size, and with their checksums unless others are asked for.
 *
 * @param given  whether somebody named them; where nobody did, and the run knows no folder, they are the digits that its seed draws.
 * @param parts  what has to be the same.
 */
export function ensureSameData(run: DataChoice, data: DataSet, { folder, given, parts, otherData }: SameData): void {
  const { rows, columns, checksums } = fingerprint(data);
  const own = given || run.directory !== undefined;
  const differ = parts.filter((part) => run.checksums !== undefined && run.checksums[part] !== checksums[part]);
  const drawn = run.checksums === undefined ? run.name === data.name : differ.length === 0;
  if (!own && !drawn)
    throw new StdpError('stdp', folder, `was made with images of its own (${run.name}); name their folder with --data`);
  if ((run.rows ?? rows) !== rows || (run.columns ?? columns) !== columns)
    throw new StdpError(
      'stdp',
      '--data',
      `has images of ${rows} × ${columns} pixels, the run is of ${run.rows} × ${run.columns}`,
    );
  if (differ.length === 0 || otherData) return;
  const what = { train: 'training', test: 'test' };
  const named = differ.map((part) => what[part]).join(' and ');
  throw new StdpError(
    'stdp',
    folder,
    `was made with other ${named} images than those of ${data.name}; --other-data takes them all the same`,
  );
}
