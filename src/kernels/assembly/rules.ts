// The kernels of rules and traces, by name. One memory that is handed in, no heap: addresses come with every call. Names that
// begin with _ are loops that the compiler is to leave apart; nothing outside calls them.
export { applyMany, applyManyWords, listSamples } from './change/applyMany';
export { applyOne } from './change/applyOne';
export { setChange } from './change/change';
export { rowBoth as changeAll } from './change/row';
export {
  sumAlong as _sumAlong,
  sumEach as _sumEach,
} from './change/sumPieces';
export {
  sumEight as _sumEight,
  sumOne as _sumOne,
  sumThree as _sumThree,
  sumTwiceThree as _sumTwiceThree,
} from './change/sumRows';
export { applySums } from './correlation/applySums';
export { correlate, correlateWords } from './correlation/correlate';
export { foldSums, sumsByPostWords } from './correlation/correlateByPost';
export { sumsWords } from './correlation/correlateByPre';
export { setGeometry } from './correlation/geometry';
export { clampAll, copy, copyRow as _copyRow, fill, zero } from './lanes';
export { fireStep, setNeurons } from './neurons';
export { scanLayer, scanLayerWords } from './scanLayer';
export { scanPairs, scanPairsWords } from './scanPairs';
export { estimateSpikes } from './spikes';
export { traceStep } from './traces';
export { addSigned, multiply, rectify } from './vectors';
