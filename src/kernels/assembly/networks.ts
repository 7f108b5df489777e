// The kernels of whole networks, by name. One memory that is handed in, no heap: addresses come with every call.
export { filledNeurons, setCompetitiveLayer, setCompetitiveLearning, setCompetitiveNeurons } from './competitive/layer';
export { presentImages, presentWords } from './competitive/presentImages';
// Loops that the compiler is to leave apart; nothing outside calls them.
export { crossBlock as _crossBlock, crossHalf as _crossHalf } from './latency/crossings';
export { encode, encodeWords } from './latency/encode';
export { everSpikes, everSpikesWords } from './latency/everSpikes';
export { setField } from './latency/field';
export { firstSpikes, firstSpikesWords } from './latency/firstSpikes';
export { readContrast, readingWords, readPotentials, readSpikes } from './latency/gridReading';
export { learnWinners } from './latency/learnWinners';
export { finalPotentials } from './latency/potentials';
export { sumBlock as _sumBlock, sumHalf as _sumHalf } from './latency/sumPatterns';
export { timedViewsWords, viewInTime } from './latency/timedViews';
export { patterns, viewAll, viewsWords } from './latency/views';
export { findWinners, findWinnersWords } from './latency/winners';
export { learnRaces, setRaceLearning } from './race/learnRaces';
export { raceUnits, raceWords, setRace } from './race/race';
export { raceAbreast as _raceAbreast, stepwise as _stepwise } from './race/raceAbreast';
export { runRaces } from './race/runRaces';
export { addFour as _addFour, addGradient, hinge, readFour as _readFour, readScores, standardise } from './readout';
export { learnVotes } from './vote/learnVotes';
export { filledVoters, findVoters, setVoters, voterWords } from './vote/voters';
