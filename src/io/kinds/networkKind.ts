import type { BackendName } from '../../backends/useBackend.js';
import type { Validated } from '../../core/errors.js';
import type { DataSet } from '../../data/dataSet.js';
import type { Checkpoints } from '../../networks/checkpoints.js';
import type { Control } from '../../networks/latency/control/control.js';
import type { OnProgress } from '../../networks/onProgress.js';
import type { Score } from '../../networks/score.js';
import type { WorkerPool } from '../../networks/workers/workerPool.js';
import type { RasterSpike } from '../plots/plotted.js';
import type { Report } from '../report.js';
import type { AnyRun, NamedArrays, RecordOf } from '../run.js';

/** Options of the command line that are for networks of some kinds only. */
export const kindOptions = ['neurons', 'control', 'backend'] as const;

/** One of {@link kindOptions}. */
export type KindOption = (typeof kindOptions)[number];

/** What training brings to a run. */
export type Learned<R> = R extends unknown ? Omit<R, 'format' | 'kind' | 'network' | 'seed' | 'data' | 'process'> : never;

/** How a network is trained. */
export interface Training<R> {
  readonly seed: number;
  /** The interrupted run to go on with. Default: from the beginning. */
  readonly from: R | undefined;
  /** Which control to test, too. Default: as in `from`, else none. */
  readonly control: Control | undefined;
  /** What computes. Default: as in `from`, else wasm. */
  readonly backend: BackendName | undefined;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
  readonly workers: WorkerPool;
  /** Keep the experiment, which goes on from what they kept, whatever `from` is. */
  readonly checkpoints?: Checkpoints<unknown> | undefined;
  /** Told what has been learned: it outlives whatever fails afterwards. */
  onLearned(learned: Learned<R>): void;
}

/** Tests a run on images. */
export type Tester = (
  data: DataSet,
  how: { readonly backend: BackendName | undefined; readonly onProgress: OnProgress; readonly workers: WorkerPool },
) => Promise<Score>;

/** What a run has to show beside what runs of all kinds have; its facts stand among those of all. */
export type RunPictures = Pick<Report, 'facts' | 'fields' | 'raster' | 'histograms' | 'learning'>;

/** The numbers that the pictures of a run show. */
export interface RunNumbers extends Pick<Report, 'histograms' | 'learning'> {
  /** Receptive fields of each layer, `[rows, columns, channels, maps]` row-major. */
  readonly fields: readonly {
    readonly name: string;
    readonly values: Float32Array;
    readonly shape: readonly [rows: number, columns: number, channels: number, maps: number];
  }[];
}

/** All spikes of one input, and the unit of their times. */
export interface InputSpikes {
  readonly spikes: readonly RasterSpike[];
  readonly unit: 'ms' | 'steps';
}

/** All that differs between kinds of network: whoever trains, tests, writes, reads or shows a run asks the record of its kind. */
export interface NetworkKind<R extends AnyRun> {
  /** What `run.json` and presets call it. */
  readonly name: R['kind'];
  /** Those of {@link kindOptions} that the kind takes. */
  readonly options: readonly KindOption[];
  /** The fields of a training state that are arrays: a run has them among its arrays. */
  readonly stateArrays: readonly string[];
  /** Channels of its input. */
  channels(network: R['network'], data: DataSet): number;
  /** The complete, checked network. */
  validate(network: object): Validated<R['network']>;
  /** Bytes that training is sure to hold at once, and what to take where they are too many. */
  memory(network: R['network'], data: DataSet, workers: number): { readonly bytes: number; readonly savings: string };
  /** Nothing learned yet, of a run that begins. */
  untrained(network: R['network'], data: DataSet, asked: Pick<Training<R>, 'seed' | 'control' | 'backend'>): Learned<R>;
  /** Trains, reads out and tests, or what was done of it when the signal stopped it. */
  train(network: R['network'], data: DataSet, training: Training<R>): Promise<Learned<R>>;
  /** Who tests a run again; undefined when it was interrupted before it could be tested. */
  tester(run: R): Tester | undefined;
  /** The record of a run, checked. @throws {StdpError} that names what isn't as it must be. */
  checkRecord(record: RecordOf<R>): RecordOf<R>;
  /** The arrays of a run by name. */
  namedArrays(arrays: R['arrays']): NamedArrays;
  /** A run with its arrays, which {@link fits} checks. */
  withArrays(record: RecordOf<R>, named: NamedArrays): R;
  /** Whether a run has the arrays that its record tells of. */
  fits(run: R): boolean;
  /** The numbers that its pictures show, but for the spikes. */
  numbers(run: R): RunNumbers;
  /** What spikes for the first test image. */
  spikes(run: R, data: DataSet): Promise<InputSpikes>;
  /** What a run has to show. */
  pictures(run: R, data: DataSet): Promise<RunPictures>;
}
