import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applySettings, parseNumber } from '../../src/cli/settings.js';
import { StdpError } from '../../src/core/errors.js';

const data = {
  name: 'net',
  rate: 0.5,
  on: true,
  kernel: { kind: 'exponential', tau: 20 },
  layers: [{ maps: 4, wide: false }, { maps: 8 }],
  dw: 'dw = x1 * y0',
};

/** What came of settings: the changed data, or the one line of a refusal. */
function outcome(...settings: readonly string[]): { readonly changed?: unknown; readonly refusal?: string } {
  try {
    return { changed: applySettings(data, settings) };
  } catch (reason) {
    if (!(reason instanceof StdpError)) throw reason;
    return { refusal: reason.message };
  }
}

describe('a setting', () => {
  it.each<[string, unknown]>([
    ['rate=3', { ...data, rate: 3 }],
    [' rate = -2.5e-1 ', { ...data, rate: -0.25 }],
    ['rate=Infinity', { ...data, rate: Number.POSITIVE_INFINITY }],
    ['rate=[1, 2]', { ...data, rate: [1, 2] }],
    ['rate=0x10', { ...data, rate: '0x10' }],
    ['kernel.tau=30', { ...data, kernel: { ...data.kernel, tau: 30 } }],
    ['kernel.exponent=2', { ...data, kernel: { ...data.kernel, exponent: 2 } }],
    ['layers.1.maps=9', { ...data, layers: [data.layers[0], { maps: 9 }] }],
    ['layers.0.wide=true', { ...data, layers: [{ maps: 4, wide: true }, data.layers[1]] }],
    ['name=5', { ...data, name: '5' }],
    ['name="a b"', { ...data, name: 'a b' }],
    ['name=[a]', { ...data, name: '[a]' }],
    ['dw = 2^-2 * x1 * y0', { ...data, dw: 'dw = 2^-2 * x1 * y0' }],
    ['dw=0.5', { ...data, dw: 'dw=0.5' }],
    ['dw=dw = x0', { ...data, dw: 'dw = x0' }],
    ['new=text', { ...data, new: 'text' }],
  ])('%s', (setting, changed) => {
    expect(outcome(setting)).toEqual({ changed });
  });

  it.each<[string, RegExp]>([
    ['nonsense', /^stdp: --set needs name=value, got nonsense$/],
    ['=3', /needs name=value, got =3$/],
    ['rate=', /"rate=": a value is missing behind =$/],
    ['rate= ', /a value is missing behind =$/],
    ['rate=1e999', /1e999 is beyond what a number can hold$/],
    ['rate=-1e-999', /-1e-999 is beyond what a number can hold$/],
    ['rate=[1e999]', /holds a number beyond what can be held$/],
    ['rate=[1,', /is not complete JSON$/],
    ['layers.2.maps=1', /there is no 2, only 0 … 1$/],
    ['layers..maps=1', /a name is missing before =$/],
    ['layers. 0.maps=1', /a name is missing before =$/],
    ['layers.0x0.maps=1', /there is no 0x0/],
    ['rate.size=1', /nothing has a part called size there$/],
  ])('%s is refused', (setting, refusal) => {
    expect(outcome(setting).refusal).toMatch(refusal);
  });

  it('is refused in one line or changes nothing but its own place, whatever it says', () => {
    const piece = fc.constantFrom(
      'rate',
      'kernel',
      'tau',
      'layers',
      '0',
      '1',
      'dw',
      'name',
      '.',
      '=',
      ' ',
      '-',
      '1e9',
      '[',
      '{}',
    );
    const odd = fc.constantFrom('__proto__', 'constructor', '"', '\\', '\n', '\u001b[31m', '1e999', 'NaN', 'null', 'é', '\ud800');
    const text = fc.array(fc.oneof(piece, odd, fc.string({ maxLength: 3 })), { maxLength: 9 }).map((parts) => parts.join(''));
    const before = JSON.stringify(data);
    fc.assert(
      fc.property(text, (setting) => {
        const { changed, refusal } = outcome(setting);
        expect(JSON.stringify(data)).toBe(before);
        expect(({} as { readonly x?: unknown }).x).toBeUndefined();
        if (refusal !== undefined) {
          expect(refusal).toMatch(/^stdp: --set /);
          return;
        }
        const top = setting.slice(0, setting.indexOf('=')).trim().split('.')[0] ?? '';
        const others = (tree: object) => Object.fromEntries(Object.entries(tree).filter(([name]) => name !== top));
        expect(others(changed as object)).toEqual(others(data));
        expect(Object.hasOwn(changed as object, top)).toBe(true);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  it('writes every plain value back as it was', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true }),
      fc.boolean(),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true })),
    );
    fc.assert(
      fc.property(value, (given) => {
        const written = typeof given === 'object' ? JSON.stringify(given) : Object.is(given, -0) ? '-0' : String(given);
        expect(outcome(`rate=${written}`)).toEqual({
          changed: { ...data, rate: JSON.parse(JSON.stringify([given]), revive(given))[0] },
        });
      }),
      { seed: 1 },
    );
  });
});

/** JSON without its losses, for a number in a list. */
const revive = (given: unknown) => (name: string, value: unknown) => (name === '0' && typeof given === 'number' ? given : value);

describe('a number', () => {
  it.each(['', ' ', '0x', '0x10', '0b1', '1_000', '1e', 'e5', '.', '1e999', '1e-999', '٣', '１', '1,5', '1 2', 'NaN', '+-1'])(
    'is not %j',
    (text) => expect(parseNumber(text)).toBeUndefined(),
  );
  it.each([
    ['0', 0],
    ['-0', -0],
    ['+5', 5],
    ['.5', 0.5],
    ['5.', 5],
    ['1E3', 1000],
    ['0e99999', 0],
  ])('is %s', (text, value) => expect(parseNumber(text)).toBe(value));

  it('is what JavaScript reads in the text that it writes', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(Object.is(value, -0) ? '-0' : String(value))).toBe(value);
      }),
    );
  });
});
