import { hostname } from 'node:os';
import { ensure, StdpError } from '../../core/errors.js';
import { messageOf } from '../../core/show.js';
import { chooseImages } from '../../data/chooseImages.js';
import type { DataSet, LabelledImages } from '../../data/dataSet.js';
import { digitDataSet } from '../../data/digits.js';
import { readData } from '../../data/files/loadData.js';
import { fingerprint } from '../../io/buildRun.js';
import type { WorkerPool } from '../../networks/workers/workerPool.js';
import type { PieceData } from './pieceJob.js';

/**
 * Images as they lie on this machine, where all threads of a pool see them.
 *
 * @param directory  where they lie here. Default: as on the machine that asks.
 * @throws {StdpError} that names this machine, when they are missing, or not those that are meant.
 */
export async function loadPieceData(data: PieceData, directory: string | undefined, pool: WorkerPool): Promise<DataSet> {
  const chosen = await read(data, directory ?? data.directory);
  const [own, meant] = [fingerprint(chosen), data.fingerprint];
  const same = own.rows === meant.rows && own.columns === meant.columns && own.checksums.train === meant.checksums.train;
  const problem = () => `has other images in ${chosen.name} than those of the training`;
  ensure(same && own.checksums.test === meant.checksums.test, 'stdp worker', hostname(), problem);
  const shared = ({ pixels, labels, count }: LabelledImages): LabelledImages => ({
    pixels: pool.share(pixels),
    labels: pool.share(labels),
    count,
  });
  return { ...chosen, train: shared(chosen.train), test: shared(chosen.test) };
}

async function read({ seed, train, ...data }: PieceData, directory: string | undefined): Promise<DataSet> {
  try {
    const whole = data.directory === undefined || directory === undefined ? digitDataSet(seed) : await readData(directory, data);
    return chooseImages(whole, { train, holdout: data.holdout });
  } catch (cause) {
    throw new StdpError('stdp worker', hostname(), `has not the images of the training: ${messageOf(cause)}`, { cause });
  }
}
