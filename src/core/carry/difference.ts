import * as tf from '@tensorflow/tfjs-core';
import { kindOf } from '../bytes/arrays.js';
import { show, showShape } from '../show.js';
import { isRecord } from '../trees.js';
import { TensorValues } from './tensorValues.js';

/**
 * Where two trees differ first, in words: `params.tau is 10 there, 20 here`; undefined where they are the same. Tensors are the same
 * where type and shape are, those that were read where their values are, too. A field that only stands here was not known when the other
 * tree was kept: nothing is asked of it.
 *
 * @param there  what was kept.
 * @param here   what is at hand.
 */
export function difference(there: unknown, here: unknown, path: readonly string[] = []): string | undefined {
  if (isSameLeaf(there, here)) return undefined;
  if (isTree(there) && isTree(here) && Array.isArray(there) === Array.isArray(here)) {
    const names = [...Object.keys(there), ...(Array.isArray(here) ? Object.keys(here) : [])];
    for (const name of new Set(names)) {
      const found = difference(Reflect.get(there, name), Reflect.get(here, name), [...path, name]);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return `${path.join('.') || 'it'} is ${told(there)} there, ${told(here)} here`;
}

const isTree = (value: unknown): value is object => Array.isArray(value) || isRecord(value);

function isSameLeaf(there: unknown, here: unknown): boolean {
  if (Object.is(there, here)) return true;
  if (isTensor(there) && isTensor(here)) {
    const alike = there.dtype === here.dtype && String(there.shape) === String(here.shape);
    const read = there instanceof TensorValues && here instanceof TensorValues;
    return alike && (!read || areSame(there.values, here.values));
  }
  return areSame(there, here);
}

const isTensor = (value: unknown): value is tf.Tensor | TensorValues =>
  value instanceof tf.Tensor || value instanceof TensorValues;

/** Whether two typed arrays are of one kind and hold the same bits. */
function areSame(there: unknown, here: unknown): boolean {
  if (!(ArrayBuffer.isView(there) && ArrayBuffer.isView(here)) || kindOf(there) !== kindOf(here)) return false;
  const [a, b] = [there, here].map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  return a?.length === b?.length && a?.every((byte, index) => byte === b?.[index]) === true;
}

const told = (value: unknown): string =>
  isTensor(value) ? `a tensor ${value.dtype} ${showShape(value.shape)}` : value === undefined ? 'not' : show(value);
