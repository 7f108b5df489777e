import { ensure } from '../../core/errors.js';
import { chooseImages } from '../../data/chooseImages.js';
import type { DataSet, LabelledImages } from '../../data/dataSet.js';
import { digitDataSet } from '../../data/digits.js';
import { loadIdxFolder } from '../../data/idxFolder.js';
import { fingerprint } from '../../io/buildRun.js';
import type { WorkerPool } from '../../networks/workers/workerPool.js';
import type { PieceData } from './pieceJob.js';

/**
 * Images as they lie on this machine, where all threads of a pool see them.
 *
 * @param directory  where they lie here. Default: as on the machine that asks.
 * @throws {StdpError} when they are missing, or not those that are meant.
 */
export async function loadPieceData(
  data: PieceData,
  directory = data.directory,
  pool?: Pick<WorkerPool, 'share'>,
): Promise<DataSet> {
  const whole = data.directory === undefined ? digitDataSet(data.seed) : await loadIdxFolder(directory ?? data.directory);
  const chosen = chooseImages(whole, { train: data.train, holdout: data.holdout });
  const [own, meant] = [fingerprint(chosen), data.fingerprint];
  const same = own.rows === meant.rows && own.columns === meant.columns && own.checksums.train === meant.checksums.train;
  const problem = () => `${whole.name} here holds other images than those of the training`;
  ensure(same && own.checksums.test === meant.checksums.test, 'stdp worker', 'data', problem);
  const shared = ({ pixels, labels, count }: LabelledImages): LabelledImages =>
    pool === undefined ? { pixels, labels, count } : { pixels: pool.share(pixels), labels: pool.share(labels), count };
  return { ...chosen, train: shared(chosen.train), test: shared(chosen.test) };
}
