// What a page of somebody else does: the library, and where its bundler has put the wasm files.
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threaded from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import * as stdp from 'tfjs-stdp';
import { kernelsInUse } from 'tfjs-stdp/advanced';
import { digitDataSet, runExperiment, validateNetworkSpec } from 'tfjs-stdp/networks';

const { getThreadsCount, setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm'); // only whoever uses it loads it
const absolute = (url) => new URL(url, import.meta.url).href;
setWasmPaths({
  'tfjs-backend-wasm.wasm': absolute(plain),
  'tfjs-backend-wasm-simd.wasm': absolute(simd),
  'tfjs-backend-wasm-threaded-simd.wasm': absolute(threaded),
});

/** Weights after a few steps on a backend, the accuracy of a small network, and how many threads there are. */
async function work(backend) {
  try {
    await stdp.useBackend(backend);
  } catch (reason) {
    return { refused: `${reason.name}: ${reason.message}` };
  }
  const rule = stdp.pairStdp({ etaPlus: 0.1, etaMinus: 0.05 });
  let [w, state] = [tf.fill([3, 2], 0.5), rule.init({ pre: [1, 3], post: [1, 2], w: [3, 2] })];
  for (let step = 0; step < 4; step++)
    [w, state] = rule.step({ pre: tf.tensor2d([[1, 0, step % 2]]), post: tf.ones([1, 2]) }, w, state, { donate: step > 1 });
  const product = tf.matMul(tf.ones([300, 400]), tf.ones([400, 200]));
  const spec = stdp.orThrow(validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, images: 10 }] }));
  const { score } = await runExperiment(spec, digitDataSet(1, 20, 10), { seed: 1 });
  return {
    used: tf.getBackend(),
    kernels: kernelsInUse(),
    weights: [...(await w.data())],
    product: (await product.data())[0],
    confusion: score.confusion,
    threads: backend === 'wasm' ? getThreadsCount() : 1,
  };
}

Object.assign(window, { work });
document.querySelector('[role=status]').textContent = 'Ready';
