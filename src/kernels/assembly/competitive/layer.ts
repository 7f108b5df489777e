import { at } from '../lanes';

// A dense layer of conductance-based neurons that inhibit each other: its constants and addresses, set before `presentImages`.
// Potentials are relative to rest. Rows of w are filled up to whole blocks with neurons that never fire.

/** Neurons whose sums stay in registers together: more vectors than five and the compiler runs out of them. */
export const BLOCK: i32 = 20;

export let inputs: i32 = 0;
export let steps: i32 = 0;
/** Neurons with filling. */
export let filled: i32 = 0;
export let neurons: i32 = 0;
/** Weights `[inputs, filled]`. */
export let w: usize = 0;
/** What each neuron's threshold has grown by. */
export let theta: usize = 0;
/** Tables of what is left of a trace so many steps after a spike. */
export let preTrace: usize = 0;
export let postTrace: usize = 0;

export let decayExc: f32 = 0;
export let decayInh: f32 = 0;
/** dt / tauMembrane. */
export let leak: f32 = 0;
export let excReversal: f32 = 0;
export let inhReversal: f32 = 0;
export let threshold: f32 = 0;
export let reset: f32 = 0;
/** Steps. */
export let refractory: i32 = 0;
export let inhibition: f32 = 0;

export let etaPlus: f32 = 0;
export let etaMinus: f32 = 0;
export let wMax: f32 = 0;
export let norm: f32 = 0;
export let thetaPlus: f32 = 0;
export let thetaDecay: f32 = 0;

/** Neurons with filling, for laying out w and theta. */
export function filledNeurons(count: i32): i32 {
  return ((count + BLOCK - 1) / BLOCK) * BLOCK;
}

/** The sizes of the layer, and where its weights, thresholds and tables are. */
export function setCompetitiveLayer(
  inputCount: i32,
  neuronCount: i32,
  stepCount: i32,
  weights: usize,
  growth: usize,
  preTable: usize,
  postTable: usize,
): void {
  inputs = inputCount;
  neurons = neuronCount;
  filled = filledNeurons(neuronCount);
  steps = stepCount;
  w = weights;
  theta = growth;
  preTrace = preTable;
  postTrace = postTable;
}

/** The constants of its neurons. */
export function setCompetitiveNeurons(
  excDecay: f32,
  inhDecay: f32,
  leakRate: f32,
  excitatory: f32,
  inhibitory: f32,
  limit: f32,
  after: f32,
  pause: i32,
  jump: f32,
): void {
  decayExc = excDecay;
  decayInh = inhDecay;
  leak = leakRate;
  excReversal = excitatory;
  inhReversal = inhibitory;
  threshold = limit;
  reset = after;
  refractory = pause;
  inhibition = jump;
}

/** The constants of its learning. */
export function setCompetitiveLearning(plus: f32, minus: f32, most: f32, sum: f32, growth: f32, decay: f32): void {
  etaPlus = plus;
  etaMinus = minus;
  wMax = most;
  norm = sum;
  thetaPlus = growth;
  thetaDecay = decay;
}

/** Bytes of a row of w. */
@inline
export function rowBytes(): usize {
  return at(0, filled);
}
