/** What the kernels of circuits know of how projections learn; see circuitRecords.ts. */
export const learningRecords = {
  Columns: {
    start: 'usize', // where those of each postsynaptic neuron begin
    pre: 'usize', // their presynaptic neurons, ascending
    slot: 'usize', // their places in the rows
    isWide: 'i32', // `pre` of 32 bits, not 16
  },
  Learning: {
    columns: 'usize',
    pre: 'usize', // traces
    post: 'usize',
    preSeen: 'usize', // bytes: 1 where each neuron has a spike, in a step in which both sides have some
    postSeen: 'usize',
    presentPre: 'i32', // a trace is read with the present spikes in it
    presentPost: 'i32',
    isRestricted: 'i32', // a spike pairs once: reduced symmetric
    changes: 'usize', // records of PairChange
    changeCount: 'i32',
    reward: 'usize', // 0: none is read
    eligibility: 'usize', // 0: pairs change the weights at once
    program: 'usize',
    law: 'usize', // how changes meet weights
  },
  Trace: {
    values: 'usize', // of now; where it is lazy, those at the latest spikes
    count: 'i32', // neurons
    last: 'usize', // steps of the latest spikes, of lazy and of restricted traces
    isLazy: 'i32',
    isNearest: 'i32',
    decay: 'f32',
    height: 'f32',
    powers: 'usize',
  },
  Powers: {
    fine: 'usize', // what is left after 0 … 255 steps
    coarse: 'usize', // after 0, 256, 512 … steps
    top: 'i32', // its last entry
  },
  PairChange: {
    values: 'usize', // of each synapse: weights or eligibility
    atPost: 'f32', // signed: of the presynaptic trace, at a postsynaptic spike
    atPre: 'f32', // of the postsynaptic trace, at a presynaptic spike
    alone: 'f32', // of a presynaptic spike by itself
    low: 'f32',
    high: 'f32',
  },
  Law: {
    code: 'i32', // of dependences.ts
    etaPlus: 'f32',
    etaMinus: 'f32',
    mu: 'f32',
    wMin: 'f32',
    wMax: 'f32',
    low: 'f32',
    high: 'f32',
  },
  Reward: {
    level: 'usize', // one number: what the filter holds, or what has come since the latest change
    isFiltered: 'i32',
    decay: 'f32',
    baseline: 'f32',
    scale: 'f32',
  },
  Eligibility: {
    every: 'i32', // steps
    readsPrevious: 'i32',
    decay: 'f32', // in `every` steps
    count: 'i32', // synapses
    firstRate: 'f32', // of its one or two traces
    secondRate: 'f32',
  },
  Program: {
    instructions: 'usize',
    instructionsEnd: 'usize',
    terms: 'usize',
    termsEnd: 'usize',
    factors: 'usize', // room for two words a term
    preSpikes: 'usize', // 1 where one arrives
    postSpikes: 'usize',
    voltage: 'usize', // 0: it reads none
    peak: 'f32', // of a neuron that fires
    scans: 'i32', // whether what isn't 0 after a step must be looked for
    active: 'usize', // those
    copies: 'usize', // from, to, words
    copiesEnd: 'usize',
  },
  Instruction: { op: 'i32', out: 'usize', a: 'usize', b: 'usize', words: 'i32', x: 'f32', y: 'f32', isNearest: 'i32' },
  Term: { rate: 'f32', pre: 'usize', post: 'usize', isOfPost: 'i32' },
  ShortTerm: {
    u: 'usize',
    x: 'usize',
    last: 'usize',
    utilization: 'f32',
    facilitation: 'usize', // powers; 0: u is always the utilization
    recovery: 'usize',
  },
  Scaling: {
    every: 'i32', // steps
    total: 'f32',
    sums: 'usize', // f64 of each postsynaptic neuron
    counts: 'usize', // its synapses, to change them by a common amount; 0: by a factor
    shares: 'usize', // what each neuron's weights are multiplied with, or what is added to them
  },
  Heterosynaptic: { columns: 'usize', kept: 'f32' },
} as const;

/** What the instructions of a program do; the first is 0. */
export const programOperations = ['trace', 'product', 'rectified', 'filled'] as const;
