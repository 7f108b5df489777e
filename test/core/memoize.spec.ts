import { expect, it } from 'vitest';
import { memoize } from '../../src/core/memoize.js';

it('makes a result once for a record, and anew when a field changed', () => {
  let made = 0;
  const double = memoize((params: { size?: number; other?: number } = {}) => {
    made++;
    return 2 * (params.size ?? 1);
  });
  const params: { size?: number; other?: number } = { size: 3 };
  expect([double(params), double(params), made]).toEqual([6, 6, 1]);
  params.size = 4;
  expect([double(params), made]).toEqual([8, 2]);
  params.other = 1;
  expect([double(params), made]).toEqual([8, 3]);
  delete params.size;
  expect([double(params), made]).toEqual([2, 4]);
  expect([double(), double(), made]).toEqual([2, 2, 5]);
});

it('does not mix up records that are alike', () => {
  const first = memoize((params: { readonly list?: readonly number[] } = {}) => ({ list: params.list }));
  const [a, b] = [{ list: [1] }, { list: [1] }];
  expect(first(a)).not.toBe(first(b));
});

it('sees what changed inside of lists and records', () => {
  const first = memoize((params: { readonly pad?: readonly (readonly number[])[]; readonly kernel?: object } = {}) =>
    JSON.stringify(params),
  );
  const params = {
    pad: [
      [0, 0],
      [1, 1],
    ],
    kernel: { tau: 20 },
  };
  first(params);
  for (const row of params.pad) row[0] = 7;
  expect(first(params)).toBe('{"pad":[[7,0],[7,1]],"kernel":{"tau":20}}');
  params.kernel.tau = 30;
  expect(first(params)).toBe('{"pad":[[7,0],[7,1]],"kernel":{"tau":30}}');
});

it('knows long lists by their identity, and a copy by what it holds', () => {
  let made = 0;
  const lengthOf = memoize((params: { list?: readonly number[] } = {}) => {
    made++;
    return params.list?.length;
  }, 3);
  const params = { list: [1, 2, 3, 4] };
  lengthOf(params);
  params.list.push(5);
  expect([lengthOf(params), made]).toEqual([4, 1]);
  params.list = [1, 2, 3, 4, 6, 7];
  expect([lengthOf(params), made]).toEqual([6, 2]);
});
