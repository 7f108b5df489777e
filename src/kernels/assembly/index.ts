// The kernels, by name. One module, one memory that is handed in, no heap: addresses come with every call.
export { applyMany, applyManyWords, listSamples } from './applyMany';
export { applyOne } from './applyOne';
export { applySums } from './applySums';
export { correlate, correlateWords, foldSums, sumsByPostWords, sumsWords } from './correlate';
export { setGeometry } from './geometry';
export { clampAll, copy, fill, zero } from './lanes';
export { setLaw } from './law';
export { fireStep, setNeurons } from './neurons';
export { scanLayer, scanLayerWords } from './scanLayer';
export { scanPairs, scanPairsWords } from './scanPairs';
export { countSpikes } from './spikes';
export { traceStep } from './traces';
