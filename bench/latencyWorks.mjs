// What a latency-coded network of two layers does: kheradpisheh2018 with the 100 maps of the paper in its second layer.
import { orThrow } from 'tfjs-stdp';
import { encodeImages, extractFeatures, layerWeights, presets, trainNetwork, validateNetworkSpec } from 'tfjs-stdp/networks';

/** Images of one round, and images that the features are learned from. */
const [images, before] = [2000, 6000];

/** Nothing learned yet. */
const untrained = { layer: 0, imagesSeen: 0, weights: [], convergence: [] };

/** The network, learning from so many images without an end. */
function network(shown) {
  const { layers, ...rest } = presets.kheradpisheh2018.network;
  const [first, second] = layers.map((layer) => ({ ...layer, images: shown, stopBelow: 0 }));
  return orThrow(validateNetworkSpec({ ...rest, layers: [first, { ...second, maps: 100 }] }));
}

/** Encoding, learning of each layer, features. */
export async function latencyWorks(digits) {
  const spec = network(digits.count);
  const few = { pixels: digits.pixels.subarray(0, images * 784), count: images };
  const times = await encodeImages(digits, 28, 28, spec.encoder);
  const fewTimes = await encodeImages(few, 28, 28, spec.encoder);
  const { weights } = await trainNetwork(network(before), times, { seed: 1 });
  const tensors = layerWeights(spec, times, weights);
  const learning = (layer, from) => {
    let state = from;
    return {
      work: `learning of layer ${layer}`,
      kind: `layer${layer}`,
      images,
      run: async () => {
        // At the end of the images from the first again, with the weights as they are.
        if (state.imagesSeen + images >= digits.count) state = { ...state, imagesSeen: 0 };
        const [stop, enough] = [new AbortController(), state.imagesSeen + images];
        const onProgress = (_, seen) => seen === enough && stop.abort();
        state = await trainNetwork(spec, times, { seed: 1, from: state, signal: stop.signal, onProgress });
      },
    };
  };
  return [
    { work: 'encoding', images, run: () => encodeImages(few, 28, 28, spec.encoder) },
    learning(1, untrained),
    learning(2, { ...untrained, layer: 1, weights: weights.slice(0, 1) }),
    { work: 'features', kind: 'features', images, run: () => extractFeatures(fewTimes, tensors, spec) },
  ];
}
