import * as tf from '@tensorflow/tfjs-core';
import { StdpError } from 'tfjs-stdp';
import {
  classify,
  classifyImage,
  type DecodedPicture,
  encodeImages,
  extractFeatures,
  type FeatureMatrix,
  fitLinearReadout,
  type LinearReadout,
  layerWeights,
  type SpikeTimes,
  scorePredictions,
} from 'tfjs-stdp/networks';
import type { AnswerReport, PictureReport } from './protocol.js';
import { linearReadout, networkFor, type Session } from './session.js';

/** A read-out, and when and on how many images it was fitted. */
export interface FittedReadout {
  readonly readout: LinearReadout;
  readonly seen: number;
  readonly images: number;
  readonly accuracy: number;
  readonly tested: number;
}

/** Images that the read-out is fitted on, besides the drawings. */
const mostImages = 2000;

/** What is told of a long piece of work. */
export type OnWork = (what: string, done: number, total: number) => void;

/** Fits the linear read-out on features of the present weights, and tests it on images that were kept aside; nothing when stopped. */
export async function fitReadout(session: Session, onWork: OnWork, signal: AbortSignal): Promise<FittedReadout | undefined> {
  try {
    const result = await fitted(session, onWork, signal);
    return signal.aborted ? undefined : result;
  } catch (reason) {
    if (signal.aborted) return undefined; // features that were stopped are no features
    throw reason;
  }
}

async function fitted(session: Session, onWork: OnWork, signal: AbortSignal): Promise<FittedReadout> {
  const { set, seen } = session;
  const { images, drawings, base, drawn } = set;
  const spec = networkFor(0);
  const count = Math.min(base.count, mostImages);
  const learned = await features(session, firstTimes(base, count), onWork, signal);
  const own = await features(session, drawn, () => {}, signal);
  const all: FeatureMatrix = { values: joined(learned.values, own.values), count: count + drawn.count, size: learned.size };
  const labels = Uint8Array.of(...images.train.labels.subarray(0, count), ...drawings.map(({ label }) => label));
  const classes = Math.max(images.classNames.length, ...drawings.map(({ label }) => label + 1));
  const { lambda, iterations } = linearReadout;
  const onIteration = (done: number) => onWork('Fitting the read-out', done, iterations);
  const readout = await fitLinearReadout(all, labels, classes, { lambda, iterations, onIteration, signal });
  const { test, rows, columns } = images;
  const tested = await features(session, await encodeImages(test, rows, columns, spec.encoder), () => {}, signal);
  const predicted = await classify(readout, tested);
  const { accuracy } = scorePredictions(predicted, test.labels, classes);
  return { readout, seen, images: all.count, accuracy, tested: test.count };
}

/** What the network makes of one picture. */
export async function answer(session: Session, pixels: Uint8Array): Promise<AnswerReport> {
  const { rows, columns } = session.set.images;
  const { encoder, readout, layers } = networkFor(0);
  const times = await encodeImages({ pixels, count: 1 }, rows, columns, encoder);
  const { values, count, size } = await features(session, times, () => {}, new AbortController().signal);
  return {
    type: 'answer',
    rows,
    columns,
    pixels,
    times: times.values,
    steps: times.steps,
    features: values,
    grid: readout.grid,
    maps: layers[0]?.maps ?? 0,
    scores: session.readout && scores(session.readout.readout, values.subarray(0, count * size)),
  };
}

/** What the network takes a picture file for. @throws {StdpError} when it is of another size, or of no read-out. */
export async function toldPicture(
  { weights, set, readout }: Session,
  { pixels, rows, columns }: DecodedPicture,
  picture: string,
): Promise<PictureReport> {
  const { images } = set;
  if (rows !== images.rows || columns !== images.columns)
    throw new StdpError(
      'picture',
      picture,
      `is of ${columns} × ${rows} pixels, the network looks at ${images.columns} × ${images.rows}`,
    );
  const { classNames } = images;
  const arrays = { layers: [weights], readout: readout?.readout };
  const network = { kind: 'latency', network: networkFor(0), data: { rows, columns, classNames }, arrays } as const;
  const { name, values } = await classifyImage(network, pixels);
  return { type: 'picture', picture, answer: name, margins: values };
}

/** `((x − mean) / scale) · weights + bias` of one image, for every class. */
function scores({ classes, mean, scale, weights, bias }: LinearReadout, features: Float32Array): readonly number[] {
  const standard = features.map((value, index) => (value - (mean[index] ?? 0)) / (scale[index] ?? 1));
  return Array.from({ length: classes }, (_, label) =>
    standard.reduce((sum, value, index) => sum + value * (weights[index * classes + label] ?? 0), bias[label] ?? 0),
  );
}

/** Features under the present weights. */
async function features(session: Session, times: SpikeTimes, onWork: OnWork, signal: AbortSignal): Promise<FeatureMatrix> {
  const spec = networkFor(0);
  const weights = layerWeights(spec, times, [session.weights]);
  try {
    return await extractFeatures(times, weights, spec, (done) => onWork('Computing features', done, times.count), signal);
  } finally {
    tf.dispose([...weights]);
  }
}

const firstTimes = (times: SpikeTimes, count: number): SpikeTimes => ({
  ...times,
  values: times.values.subarray(0, (count * times.values.length) / Math.max(1, times.count)),
  count,
});

function joined(first: Float32Array, second: Float32Array): Float32Array {
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
