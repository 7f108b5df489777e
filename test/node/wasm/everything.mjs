// Does a little of everything on the cpu backend, and prints what comes of it.
const stdp = await import('../../../dist/entries/everything.js');
const tf = await import('@tensorflow/tfjs-core');
const { digitDataSet, orThrow, pairStdp, plasticLayer, runCompetitive, runExperiment, scan, stepOf, useBackend } = stdp;

tf.enableProdMode();
const why = await useBackend('wasm').then(
  () => 'started',
  ({ message }) => message,
);
await useBackend('cpu');

const rule = pairStdp({ etaPlus: 0.1, etaMinus: 0.05, weightDependence: 'soft' });
const shapes = { pre: [2, 5], post: [2, 4], w: [5, 4] };
const spikes = (shape, seed) => tf.greater(tf.randomUniform(shape, 0, 1, 'float32', seed), 0.6);
const learned = async (donate) => {
  let [w, state] = [tf.fill(shapes.w, 0.5), rule.init(shapes)];
  for (let step = 0; step < 5; step++)
    [w, state] = rule.step({ pre: spikes(shapes.pre, step), post: spikes(shapes.post, 9 + step) }, w, state, { donate });
  return [...(await w.data())];
};
const [[scanned]] = scan(stepOf(rule), [tf.fill(shapes.w, 0.5), rule.init(shapes)], {
  pre: spikes([6, 2, 5], 1),
  post: spikes([6, 2, 4], 2),
});
const layer = plasticLayer(rule, { inhibition: 0.5 });
const [, fired] = scan(layer.step, layer.init(tf.fill([5, 4], 0.9)), spikes([20, 5], 3));
const data = digitDataSet(1, 30, 10);
const spec = orThrow(stdp.validateNetworkSpec({ name: 'tiny', layers: [{ maps: 2, images: 10 }], readout: { iterations: 3 } }));
const experiment = await runExperiment(spec, data, { seed: 1, control: true });
const voting = orThrow(
  stdp.validateCompetitiveSpec({ name: 'tiny', layer: { neurons: 5 }, learning: { images: 10 }, input: { duration: 50 } }),
);
const vote = await runCompetitive(voting, data, { seed: 1 });
console.log(
  JSON.stringify({
    there: typeof globalThis.WebAssembly,
    kernels: stdp.kernelsInUse(),
    why,
    results: {
      pure: await learned(false),
      donated: await learned(true),
      fired: [...(await fired.data())],
      scanned: [...(await scanned.data())],
      weights: [...experiment.training.weights[0]],
      confusion: experiment.score.confusion,
      shuffled: experiment.control.confusion,
      votes: vote.score.confusion,
      theta: [...vote.training.theta],
    },
  }),
);
