/**
 * What needs Node: IDX files, run folders, checkpoints, pictures, reports and threads.
 *
 * @module
 */
export { readIdxImages, readIdxLabels } from '../data/idx.js';
export type { IdxImages } from '../data/idxFile.js';
export { loadIdxFolder } from '../data/idxFolder.js';
export { competitiveRun, type LatencyOrigin, latencyRun, type RunOrigin } from '../io/buildRun.js';
export { loadCheckpoint, saveCheckpoint } from '../io/checkpoint/folderCheckpoint.js';
export type { CompetitiveRun } from '../io/kinds/competitive/competitiveRun.js';
export type { LatencyRun } from '../io/kinds/latency/latencyRun.js';
export type { Run } from '../io/kinds/networkKinds.js';
export { drawLabelledFields } from '../io/labelledFields.js';
export { confusionPlot, histogram, lineChart, rasterPlot } from '../io/plots/plots.js';
export type { Confusion, LineChart, RasterSpike, Series } from '../io/plots/plotted.js';
export { encodePng } from '../io/png.js';
export { type FileCheckpointOptions, fileCheckpoints } from '../io/progress/fileCheckpoints.js';
export { drawReceptiveFields, type Picture } from '../io/receptiveFields.js';
export { type Report, renderReport } from '../io/report.js';
export type { AnyRun, DataChoice, RunProcess } from '../io/run.js';
export { type RunFolderOptions, readRunFolder, writeRunFolder } from '../io/runFolder.js';
export type { Files } from '../io/swapFolder.js';
export { type ThreadPool, threadPool } from '../threads/threadPool.js';
