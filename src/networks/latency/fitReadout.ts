import { StdpError, unreachable } from '../../core/errors.js';
import { fork } from '../../core/random.js';
import type { FeatureMatrix } from '../readout/featureMatrix.js';
import { fittedFirstSpikes } from '../readout/fitFirstSpikes.js';
import { fittedReadout } from '../readout/fitLinearReadout.js';
import { fittedVotes } from '../readout/fitVotes.js';
import type { Readout } from '../readout/readout.js';
import type { NetworkSpec } from './spec/networkSpec.js';
import type { Stages } from './stages.js';

/** The child of an experiment's seed that a read-out draws from; layers have those from 0 on. */
const ofReadout = 2000;

/** The read-out of a network, fitted on features of the training images. */
export async function fitReadout(
  { network, data: { train, rows, columns, classes }, seed, onProgress, signal, workers, fits, record, where }: Stages,
  features: FeatureMatrix,
  fit: 'fit' | 'controlFit',
): Promise<Readout> {
  const { readout } = network;
  const stage = `fit read-out${fit === 'fit' ? '' : ' (control)'}`;
  const from = fits[fit];
  const keeper = record.keeper(fit);
  const onSilence = () => refuseSilent(network, train.count, where);
  const image = [rows, columns] as const;
  switch (readout.type) {
    case 'linear': {
      const { lambda, iterations } = readout;
      const fitted = await fittedReadout(features, train.labels, classes, {
        ...{ lambda, iterations, signal, workers, keeper, onSilence },
        from: from === undefined || 'imagesSeen' in from ? undefined : from,
        onIteration: (done, loss) => onProgress?.(stage, done, iterations, `loss ${loss.toFixed(4)}`),
      });
      return { ...fitted, image };
    }
    case 's2Stdp':
    case 'sstdp': {
      const fitted = await fittedFirstSpikes(features, train.labels, classes, readout, {
        ...{ seed: fork(seed, ofReadout), signal, workers, keeper, onSilence },
        from: from !== undefined && 'imagesSeen' in from ? from : undefined,
        onProgress: (done, total, right) => onProgress?.(stage, done, total, `${(100 * right).toFixed(1)} % right`),
      });
      return { ...fitted, image };
    }
    case 'vote': {
      const fitted = await fittedVotes(features, train.labels, classes, readout, {
        ...{ seed: fork(seed, ofReadout), signal, workers, keeper, onSilence },
        from: from !== undefined && 'imagesSeen' in from ? from : undefined,
        onProgress: (done, total, likeness) => onProgress?.(stage, done, total, `likeness ${likeness.toFixed(3)}`),
      });
      return { ...fitted, image };
    }
    default:
      return unreachable(readout);
  }
}

/** From features that are all 0 nothing can be told. */
function refuseSilent({ layers }: NetworkSpec, count: number, where: string): never {
  const problem = `was silent in all of ${count} images: the read-out has nothing to see; lower thresholds`;
  throw new StdpError(where, `network.layers[${layers.length - 1}]`, problem);
}
