// Our side of the same work, through the public interface.
import * as tf from '@tensorflow/tfjs-core';
import { conv2d, dense, fork, pairStdp, randomUniform, ruleFromJSON, scan, sparse, stepOf } from 'tfjs-stdp';
import { useKernels } from 'tfjs-stdp/advanced';
import { plasticLayer } from 'tfjs-stdp/networks';

/** Steps of a scan. */
export const scanSteps = 100;

const size = (shape) => shape.reduce((product, length) => product * length, 1);
const spikes = (shape, density, seed) =>
  tf.tensor(
    randomUniform(size(shape), seed).map((value) => (value < density ? 1 : 0)),
    shape,
  );

/** Shapes of a layer, as the peer has it in its own layout. */
const shapes = ({ pre, post, batch, size: side, kernel }) =>
  kernel === undefined
    ? { pre: [batch, pre], post: [batch, post], w: [pre, post] }
    : {
        pre: [batch, side, side, pre],
        post: [batch, side - kernel + 1, side - kernel + 1, post],
        w: [kernel, kernel, pre, post],
      };

const wiringOf = ({ pre, post, kernel, connected }) =>
  connected === undefined
    ? kernel === undefined
      ? dense
      : conv2d()
    : sparse({ probability: connected, seed: 1 }, { inputs: pre, outputs: post });

/**
 * The ways in which a work is done here, each as `{ name, steps, run(), stop() }` where `run` does `steps` steps once.
 *
 * @param forms  names of those to make: 'donated', 'pure', 'composition' (a pure step without kernels), 'scan', 'closed loop'.
 */
export function ourForms(work, forms) {
  const { dependence = 'additive', mu = 0, density, connected } = work;
  const layers = shapes(work);
  const topology = wiringOf(work);
  const shape = { ...layers, w: connected === undefined ? layers.w : topology.weightShape([work.pre], [work.post]) };
  const params = { tauPre: 50, tauPost: 50, weightDependence: dependence, mu };
  const rule =
    work.rule === undefined
      ? pairStdp(params, topology)
      : ruleFromJSON({ rule: work.rule, params: { hardBound: true }, topology: topology.toJSON() });
  const reward = rule.reads.includes('reward') ? { reward: 0.5 } : {};
  const draw = (steps, seed) => ({
    pre: spikes([...steps, ...shape.pre], density, fork(seed, 1)),
    post: spikes([...steps, ...shape.post], density, fork(seed, 2)),
    ...reward,
  });
  const start = () => [tf.randomUniform(shape.w, 0, 1, 'float32', 1), rule.init(shape)];
  const make = { donated, pure, composition, scan: openScan, 'closed loop': closedLoop };
  return forms.map((name) => ({ name, ...make[name]({ rule, draw, start, work, shape }) }));
}

function donated({ rule, draw, start }) {
  const inputs = Array.from({ length: 20 }, (_, seed) => draw([], seed));
  let [w, state] = start();
  let time = 0;
  return {
    steps: 1,
    run: () => {
      [w, state] = rule.step(inputs[time++ % inputs.length], w, state, { donate: true });
    },
    stop: () => tf.dispose([w, state, inputs]),
  };
}

function pure({ rule, draw, start }) {
  const inputs = Array.from({ length: 20 }, (_, seed) => draw([], seed));
  let [w, state] = start();
  let time = 0;
  return {
    steps: 1,
    run: () => {
      const next = rule.step(inputs[time++ % inputs.length], w, state);
      tf.dispose([w, state]);
      [w, state] = next;
    },
    stop: () => tf.dispose([w, state, inputs]),
  };
}

function composition(layer) {
  const { steps, run, stop } = pure(layer);
  return {
    steps,
    run: () => {
      useKernels(false);
      run();
      useKernels(true);
    },
    stop,
  };
}

function openScan({ rule, draw, start }) {
  const trains = draw([scanSteps], 1);
  let [w, state] = start();
  return {
    steps: scanSteps,
    run: () => {
      const [next] = scan(stepOf(rule), [w, state], trains);
      tf.dispose([w, state]);
      [w, state] = next;
    },
    stop: () => tf.dispose([w, state, trains]),
  };
}

/** Neurons whose threshold is set so that about as many fire as in the given trains. */
function closedLoop({ rule, draw, start, work }) {
  const { density, pre } = work;
  const train = tf.squeeze(draw([scanSteps], 1).pre, [1]);
  const make = (vTh) => plasticLayer(rule, { neuron: { vTh, tauMem: 10, tauSyn: 1.0001 }, inhibition: 0 });
  const rate = (vTh) => {
    const layer = make(vTh);
    return tf.tidy(() => tf.mean(scan(layer.step, layer.init(start()[0]), train)[1]).dataSync()[0]);
  };
  let [low, high] = [0, pre];
  for (let round = 0; round < 30; round++) {
    const middle = (low + high) / 2;
    if (rate(middle) > density) low = middle;
    else high = middle;
  }
  const layer = make(high);
  const reached = rate(high);
  let state = layer.init(start()[0]);
  return {
    steps: scanSteps,
    note: `${(100 * reached).toFixed(1)} % fire`,
    run: () => {
      const [next, fired] = scan(layer.step, state, train);
      tf.dispose([state, fired]);
      state = next;
    },
    stop: () => tf.dispose([state, train]),
  };
}
