import { learningRecords } from './learningRecords.js';

/**
 * What the kernels of circuits read and write in memory: records of 32-bit words, as the host writes them and
 * `src/kernels/assembly/circuits/records.ts` has them, which is made from here. `usize` are addresses; 0 stands for what is not there.
 */
export const circuitRecords = {
  Circuit: {
    populations: 'usize',
    populationCount: 'i32',
    projections: 'usize',
    projectionCount: 'i32',
    keyLow: 'u32', // of the seed
    keyHigh: 'u32',
    rewards: 'usize', // of each step from `inputFrom` on
    rewardPace: 'i32', // bytes from one to the next; 0: one for all
    inputFrom: 'i32', // the step with which this run began
    rateEvery: 'i32', // steps; 0: none
    rateCount: 'i32', // populations
    rateOf: 'usize', // their records
    rateSums: 'usize', // spikes of each in this window
    rateRows: 'usize', // sums of windows that ended
    rateEntries: 'i32',
    rateRoom: 'i32',
    voltageEvery: 'i32',
    voltageCount: 'i32', // neurons
    voltageOf: 'usize', // their potentials' addresses
    voltageRows: 'usize',
    voltageEntries: 'i32',
    voltageRoom: 'i32',
  },
  Population: {
    kind: 'i32', // of populationKinds
    size: 'i32',
    constants: 'usize', // of its kind
    v: 'usize',
    until: 'usize',
    extra: 'usize', // theta, w, u or the after-potential
    receptors: 'usize', // records of receptors
    receptorsEnd: 'usize',
    refractory: 'i32', // steps
    drive: 'usize', // what comes from outside in this step
    currents: 'usize',
    currentsPace: 'i32', // bytes from one step to the next; 0: held
    noise: 'i32', // 0: none, 1: even, 2: normal
    noiseLow: 'f32', // or the mean
    noiseSpan: 'f32', // or the standard deviation
    streamLow: 'u32', // of random numbers
    streamHigh: 'u32',
    spikes: 'usize', // of this step
    count: 'i32',
    ring: 'usize', // lists of the latest spikes
    ringEnd: 'usize',
    head: 'usize', // where the next list begins
    steps: 'usize', // address and count of the list of each of the latest steps
    stepsMask: 'i32', // their number, a power of 2, less 1
    log: 'usize', // recorded spikes: neurons
    logSteps: 'usize',
    logEntries: 'i32',
    logRoom: 'i32',
  },
  Receptor: {
    values: 'usize',
    decay: 'f32',
    pull: 'f32', // of a conductance: its reversal potential; of a current: 1, or 0 where it is a jump
    jump: 'f32', // 1 where a value is added to the potential
  },
  Current: { leak: 'f32', drive: 'f32', gain: 'f32', threshold: 'f32', reset: 'f32' },
  Conductance: {
    leak: 'f32',
    drive: 'f32',
    pace: 'f32', // dt / capacitance
    threshold: 'f32',
    reset: 'f32',
    decay: 'f32', // of theta or w in a step
    jump: 'f32', // of theta or w at a spike
    coupling: 'f32', // of adEx: a·(1 − decay)
    rest: 'f32',
    sharpness: 'f32', // log2 e / slopeFactor
    rise: 'f32', // leak · slopeFactor
    knee: 'f32', // vTh, where the potential begins to run away
  },
  Izhikevich: {
    half: 'f32', // half a step, ms
    recovery: 'f32', // a·dt
    b: 'f32',
    drive: 'f32',
    threshold: 'f32',
    reset: 'f32',
    jump: 'f32',
  },
  SpikeResponse: { membrane: 'f32', gain: 'f32', after: 'f32', synapse: 'f32', threshold: 'f32', peak: 'f32' },
  Poisson: {
    next: 'usize', // f64: place of the next candidate in the grid of steps × neurons
    draw: 'usize', // two words: block of random numbers, entry in it
    gaps: 'usize', // places before candidates, by the numbers of the block
    chances: 'usize', // the even numbers that decide about its candidates
    isDrawn: 'i32', // whether both are there
    isStale: 'i32', // whether `next` has to be drawn anew, because the rate is another one
    scale: 'f32', // 1 / log2(1 − p); 0: silent
    share: 'usize', // of each neuron in the largest rate
    course: 'usize', // of each step in it, from `courseFrom` on
    courseFrom: 'i32',
  },
  Listed: { steps: 'usize', neurons: 'usize', cursor: 'i32', end: 'i32' },
  Projection: {
    from: 'usize', // records of populations
    to: 'usize',
    start: 'usize',
    target: 'usize',
    isWide: 'i32', // targets of 32 bits, not 16
    isLarge: 'i32', // whether rows lie outside of caches: they are fetched ahead
    seen: 'i32', // what was read for that, so that nothing leaves it out
    values: 'usize', // of the receptor
    weight: 'f32', // of all synapses, where `weights` is 0
    weights: 'usize',
    delay: 'i32', // steps
    learning: 'i32', // 0: none, else one of learningKinds
    rule: 'usize', // its record of Learning
    shortTerm: 'usize', // records; 0: it has none
    scaling: 'usize',
    heterosynaptic: 'usize',
  },
  ...learningRecords,
} as const;

/** The records, by name. */
export type CircuitRecords = typeof circuitRecords;

/** What populations are to the kernels. */
export const populationKinds = [
  'current',
  'conductance',
  'adaptive',
  'adEx',
  'izhikevich',
  'spikeResponse',
  'poisson',
  'listed',
] as const;

/** How projections learn in the kernels; none is 0. */
export const learningKinds = ['pairs', 'program'] as const;

export { programOperations } from './learningRecords.js';
