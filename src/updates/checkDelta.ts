import type * as tf from '@tensorflow/tfjs-core';
import { ensure } from '../core/errors.js';
import { show, showShape } from '../core/show.js';
import { sameShape, toFloat } from '../core/tensors.js';
import { isRecord } from '../core/trees.js';
import type { Topology } from '../topologies/topology.js';
import type { Delta, FactorPair, Term } from './delta.js';

/**
 * A Delta whose tensors are float32 and fit the weights and each other: factors are batched and have the shapes of two layers that
 * the weights connect, dense terms have the shape of the weights behind their batch axis, and all batches are one size (a dense
 * term's may be 1: what counts once however many samples there are).
 *
 * @throws {StdpError} that names the term.
 */
export function checkDelta(delta: Delta, topology: Topology, weightShape: readonly number[], where: string): Delta {
  ensure(isRecord(delta), where, 'delta', () => `must be { potentiation, depression }, got ${show(delta)}`);
  ensureOnly(sides, delta, where, 'delta');
  const batches = new Set<number>();
  const side = (name: keyof Delta): readonly Term[] => {
    const terms: unknown = delta[name];
    ensure(Array.isArray(terms), where, `delta.${name}`, () => `must be a list of terms, got ${show(terms)}`);
    return terms.map((term: unknown, index) => {
      const [checked, batch] = checkTerm(term, topology, weightShape, where, `delta.${name}[${index}]`);
      if (batch !== undefined) batches.add(batch);
      return checked;
    });
  };
  const checked = { potentiation: side('potentiation'), depression: side('depression') };
  ensure(batches.size < 2, where, 'delta', () => `has terms of ${[...batches].join(' and ')} samples, which must agree`);
  return checked;
}

const sides = ['potentiation', 'depression'];
const denseFields = ['perSample', 'once'];
const pairFields = ['pre', 'post'];

/** Throws where a record has other fields: whoever wrote them meant something. */
function ensureOnly(known: readonly string[], given: object, where: string, argument: string): void {
  for (const name in given)
    if (!known.includes(name)) ensure(false, where, `${argument}.${name}`, () => `is not known; known are ${known.join(', ')}`);
}

type CheckedTerm = readonly [term: Term, batch: number | undefined];

function checkTerm(
  term: unknown,
  topology: Topology,
  weightShape: readonly number[],
  where: string,
  argument: string,
): CheckedTerm {
  ensure(isRecord(term), where, argument, () => `must be { pre, post } or { perSample }, got ${show(term)}`);
  if ('perSample' in term) {
    ensureOnly(denseFields, term, where, argument);
    const perSample = toFloat(term['perSample'] as tf.TensorLike, where, `${argument}.perSample`);
    const fits = perSample.rank === weightShape.length + 1 && sameShape(perSample.shape.slice(1), weightShape);
    const problem = () => `has shape ${showShape(perSample.shape)}, needs [batch, ${weightShape.join(', ')}]`;
    ensure(fits, where, `${argument}.perSample`, problem);
    const batch = perSample.shape[0];
    const { once } = term;
    const marked = once === true && batch === 1;
    ensure(marked || once === undefined, where, `${argument}.once`, () => 'must be left out, or true of a term of one sample');
    return [marked ? { perSample, once: true } : { perSample }, batch === 1 ? undefined : batch];
  }
  ensureOnly(pairFields, term, where, argument);
  const factor = (name: 'pre' | 'post'): tf.Tensor | 1 => {
    if (term[name] === 1) return 1;
    const tensor = toFloat(term[name] as tf.TensorLike, where, `${argument}.${name}`);
    const problem = () => `has shape ${showShape(tensor.shape)}, needs rank ${topology.rank} with the batch`;
    ensure(tensor.rank === topology.rank, where, `${argument}.${name}`, problem);
    return tensor;
  };
  const pair = { pre: factor('pre'), post: factor('post') };
  return [pair as FactorPair, checkPair(pair, topology, weightShape, where, argument)];
}

/** That the layers fit the weights; answers the batch. */
function checkPair(
  { pre, post }: { readonly pre: tf.Tensor | 1; readonly post: tf.Tensor | 1 },
  topology: Topology,
  weightShape: readonly number[],
  where: string,
  argument: string,
): number | undefined {
  if (pre !== 1) {
    const wanted = topology.outputShape(where, pre.shape, weightShape, `${argument}.pre`);
    const fits = post === 1 || sameShape(post.shape, wanted);
    const problem = () => `has shape ${showShape((post as tf.Tensor).shape)}, pre and w need ${showShape(wanted)}`;
    ensure(fits, where, `${argument}.post`, problem);
    return pre.shape[0];
  }
  ensure(post !== 1, where, argument, () => 'must have an activity as pre or as post, both are 1');
  const outputs = weightShape.at(-1);
  const problem = () => `has ${post.shape.at(-1)} outputs, w ${showShape(weightShape)} needs ${outputs}`;
  ensure(topology.postRows(post, weightShape).shape.at(-1) === outputs, where, `${argument}.post`, problem);
  return post.shape[0];
}
