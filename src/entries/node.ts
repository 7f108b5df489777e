/**
 * What needs Node: data from files, long recordings of events, run folders, states, pictures, reports and threads.
 *
 * @module
 */
export { loadData } from '../data/files/loadData.js';
export { readIdxImages, readIdxLabels } from '../data/idx.js';
export type { IdxImages } from '../data/idxFile.js';
export { loadIdxFolder } from '../data/idxFolder.js';
export type { DecodedPicture } from '../data/pictures/decodedPicture.js';
export { decodePicture } from '../data/pictures/decodePicture.js';
export { competitiveRun, type LatencyOrigin, latencyRun, type RunOrigin } from '../io/buildRun.js';
export { loadState, saveState } from '../io/checkpoint/savedState.js';
export type { Files } from '../io/draft.js';
export { streamEventFile } from '../io/eventFile.js';
export type { Picture } from '../io/fields/drawFields.js';
export { drawLabelledFields } from '../io/fields/labelledFields.js';
export { encodePng } from '../io/fields/png.js';
export { drawReceptiveFields } from '../io/fields/receptiveFields.js';
export type { CompetitiveRun } from '../io/kinds/competitive/competitiveRun.js';
export type { LatencyRun } from '../io/kinds/latency/latencyRun.js';
export type { Run } from '../io/kinds/networkKinds.js';
export { confusionPlot, histogram, lineChart, rasterPlot } from '../io/plots/plots.js';
export type { Confusion, LineChart, RasterSpike, Series } from '../io/plots/plotted.js';
export { type FileCheckpointOptions, fileCheckpoints } from '../io/progress/fileCheckpoints.js';
export { type Report, renderReport } from '../io/report.js';
export type { AnyRun, DataChoice, RunProcess } from '../io/run.js';
export { loadRun, type RunFolderOptions, saveRun } from '../io/runFolder.js';
export { type ThreadPool, threadPool } from '../threads/threadPool.js';
