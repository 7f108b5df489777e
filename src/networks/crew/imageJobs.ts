import { FeatureExtractor, type Reading } from '../../kernels/latency/featureExtractor.js';
import { type Encoding, encodeWith } from '../../kernels/latency/imageEncoder.js';
import type { LatencyLayer } from '../../kernels/latency/layers.js';
import { Room } from '../../kernels/room.js';

/** Writes the spike times of images, see the kernel encode; answers of how many. */
export function encode({
  encoding,
  pixels,
  times,
}: {
  readonly encoding: Encoding;
  readonly pixels: Uint8Array;
  readonly times: Uint8Array;
}) {
  const room = new Room(0);
  const plane = encoding.height * encoding.width;
  return (from: number, to: number): number => {
    times.set(encodeWith(encoding, pixels.subarray(from * plane, to * plane), room), 2 * from * plane);
    return to - from;
  };
}

/** Writes the features of images by their spike times, `size` numbers an image; answers of how many images. */
export function extract({
  times,
  size,
  steps,
  layers,
  weights,
  reading,
  features,
}: {
  readonly times: Uint8Array;
  readonly size: number;
  readonly steps: number;
  readonly layers: readonly [LatencyLayer, ...LatencyLayer[]];
  readonly weights: readonly Float32Array[];
  readonly reading: Reading;
  readonly features: Float32Array;
}) {
  const extractor = new FeatureExtractor(steps, layers, weights, reading);
  return (from: number, to: number): number => {
    features.set(extractor.extract(times.subarray(from * size, to * size)), from * extractor.size);
    return to - from;
  };
}
