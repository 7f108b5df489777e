import type * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { type GoldenTensor, goldenTensor } from './load.js';

/** How close every target comes to the golden cases of peers that compute in float64; so any two targets agree to 1e-5. */
export const agreement = 5e-6;

/** The same for peers that compute in float32 themselves. */
export const single = 3e-5;

/** Compares values with a relative-and-absolute tolerance; NaN and Infinity must match exactly. */
export async function expectClose(
  actual: tf.Tensor,
  golden: GoldenTensor,
  tolerance = agreement,
  order?: readonly number[],
): Promise<void> {
  const wanted = goldenTensor(golden, order);
  expect(actual.shape).toEqual(wanted.shape);
  const [got, want] = await Promise.all([actual.data(), wanted.data()]);
  want.forEach((value, index) => {
    const found = got[index] ?? Number.NaN;
    if (!close(found, value, tolerance)) expect.fail(`value ${index}: got ${found}, golden ${value}`);
  });
}

const close = (found: number, wanted: number, tolerance: number): boolean =>
  Object.is(wanted, found) || wanted === found || Math.abs(wanted - found) <= tolerance * Math.max(1, Math.abs(wanted));

/** A number that a case gives. */
export function expectNumber(found: number, wanted: number | string, tolerance = agreement): void {
  if (!close(found, Number(wanted), tolerance)) expect.fail(`got ${found}, golden ${wanted}`);
}

/** Compares all that plain loops give with all that a peer recorded, to the precision of the peer. */
export function expectSame(found: unknown, recorded: unknown, path = 'expected', precision = single): void {
  if (isTensor(recorded)) {
    expect(found, path).toHaveProperty('data');
    const { shape, data } = found as GoldenTensor;
    expect(shape, path).toEqual(recorded.shape);
    expectSame(data, recorded.data, path, recorded.dtype === 'float64' ? 1e-9 : single);
  } else if (typeof recorded === 'object' && recorded !== null) {
    expect(Object.keys(Object(found)).sort(), path).toEqual(Object.keys(recorded).sort());
    for (const [key, value] of Object.entries(recorded))
      expectSame((found as Readonly<Record<string, unknown>>)[key], value, `${path}.${key}`, precision);
  } else if (typeof recorded === 'number' || /^(NaN|-?Infinity)$/.test(String(recorded))) {
    if (!close(Number(found), Number(recorded), precision))
      expect.fail(`${path}: plain loops give ${found}, the peer ${recorded}`);
  } else expect(found, path).toEqual(recorded);
}

const isTensor = (value: unknown): value is GoldenTensor =>
  typeof value === 'object' && value !== null && 'data' in value && 'shape' in value && 'dtype' in value;

/**
 * What to expect where the peer may be wrong: its record, or what is right when the peer's own way, in plain loops, leads
 * elsewhere. Then the record must be that of the peer's way.
 */
export function mendedNumber(recorded: number | string, asThePeer: number, right: number): number {
  if (close(asThePeer, right, 1e-7)) return Number(recorded);
  if (!close(asThePeer, Number(recorded), single))
    expect.fail(`the peer's way leads to ${asThePeer}, its record says ${recorded}`);
  return right;
}

/** The same for all values of a tensor. */
export function mended(recorded: GoldenTensor, asThePeer: GoldenTensor, right: GoldenTensor): GoldenTensor {
  expect(recorded.shape).toEqual(right.shape);
  const data = recorded.data.map((value, index) => mendedNumber(value, Number(asThePeer.data[index]), Number(right.data[index])));
  return { ...recorded, data };
}
