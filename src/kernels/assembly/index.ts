// The kernels, by name. One module, one memory that is handed in, no heap: addresses come with every call.
export { applyMany, applyManyWords, listSamples } from './change/applyMany';
export { applyOne } from './change/applyOne';
export { applySums } from './correlation/applySums';
export { filledNeurons, setCompetitiveLayer, setCompetitiveLearning, setCompetitiveNeurons } from './competitive/layer';
export { presentImages, presentWords } from './competitive/presentImages';
export { correlate, correlateWords } from './correlation/correlate';
export { foldSums, sumsByPostWords } from './correlation/correlateByPost';
export { sumsWords } from './correlation/correlateByPre';
export { setGeometry } from './correlation/geometry';
export { clampAll, copy, fill, zero } from './lanes';
export { encode, encodeWords } from './latency/encode';
export { everSpikes, everSpikesWords } from './latency/everSpikes';
export { setField } from './latency/field';
export { firstSpikes, firstSpikesWords } from './latency/firstSpikes';
export { readContrast, readingWords, readPotentials, readSpikes } from './latency/gridReading';
export { learnWinners } from './latency/learnWinners';
export { finalPotentials } from './latency/potentials';
export { timedViewsWords, viewInTime } from './latency/timedViews';
export { patterns, viewAll, viewsWords } from './latency/views';
export { findWinners, findWinnersWords } from './latency/winners';
export { setChange } from './change/change';
export { fireStep, setNeurons } from './neurons';
export { addGradient, hinge, readScores, standardise } from './readout';
export { scanLayer, scanLayerWords } from './scanLayer';
export { scanPairs, scanPairsWords } from './scanPairs';
export { estimateSpikes } from './spikes';
export { traceStep } from './traces';
export { rowBoth as changeAll } from './change/row';
export { addSigned, multiply, rectify } from './vectors';

// Loops that the compiler is to leave apart; nothing outside calls them.
export { crossBlock as _crossBlock, crossHalf as _crossHalf } from './latency/crossings';
export { sumBlock as _sumBlock, sumHalf as _sumHalf } from './latency/sumPatterns';
export { addFour as _addFour, readFour as _readFour } from './readout';
export { sumPieces as _sumPieces } from './change/sumPieces';
export { sumEight as _sumEight, sumOne as _sumOne, sumThree as _sumThree, sumTwiceThree as _sumTwiceThree } from './change/sumRows';
