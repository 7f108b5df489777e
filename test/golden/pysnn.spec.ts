import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { pysnnFedeStdp } from '../../src/papers/pysnn.js';
import { fedeUpdate } from '../../src/rules/homeostasis/fedeStdp.js';
import { conv2d } from '../../src/topologies/conv2d.js';
import { preMultPost } from '../../src/topologies/synapseProducts.js';
import { expectClose } from './compare.js';
import { replay } from './replay.js';

replay('pysnn_');

it('PySNN FedeSTDP: the rule gated by nothing is the update of its layer’s traces', async () => {
  const rule = pysnnFedeStdp({ lr: 0.01, wInit: 0.5, a: 0.2, traceUpdate: 'linear', tauT: 0.75 }, conv2d({ pad: 1 }));
  const [pre, w] = [tf.tensor([0, 1, 1, 0, 1, 0, 0, 0, 1], [1, 3, 3, 1]), tf.fill([3, 3, 1, 2], 0.3)];
  const [got, state] = rule.step({ pre, post: tf.zeros([1, 3, 3, 2]) }, w, rule.init({ pre: pre.shape, post: [1, 3, 3, 2] }));
  const rows = preMultPost(state.tPre, tf.ones([1, 3, 3, 2]), conv2d({ pad: 1 }), w.shape);
  const updated = fedeUpdate(w, rows, { etaPlus: 0.01, etaMinus: 0.01, wInit: 0.5, a: 0.2 });
  await expectClose(got, { shape: updated.shape, dtype: 'float32', data: [...(await updated.data())] }, 1e-6);
});
