// What each vector operation does in its four words. A vector is four f32 or four i32: `f` and `i` say which an operation takes
// and gives; `bits` are whatever their neighbours want.

const constant = (value) => ['i32.const', `${value}`];
const call = (name, ...operands) => ['call', `$${name}`, ...operands];

/** Each word by itself: `word` of the operands' words. */
const each = (takes, gives, word) => ({ takes, gives, apart: true, word: (operands, k) => word(...operands.map((o) => o(k))) });
const eachAs = (kind, operation, ...takes) => each(takes, kind, (...words) => [operation, ...words]);
const called = (name, count) => each(Array(count).fill('i'), 'i', (...words) => call(name, ...words));
const compared = (kind, operation) => each([kind, kind], 'mask', (a, b) => ['i32.sub', constant(0), [operation, a, b]]);
/** Of words that are needed in several lanes. */
const mixed = (takes, gives, word) => ({ takes, gives, apart: false, word });
const chosen = (operation) => each(['f', 'f'], 'f', operation);
/** A scalar that all words take. */
const shifted = (operation) => each(['i', 'scalar'], 'i', (a, bits) => [operation, a, bits]);

const half = (word, index, bits) => {
  const size = index === 0 ? word : ['i32.shr_u', word, constant(index * bits)];
  return ['i32.and', size, constant(2 ** bits - 1)];
};
const product = (offset) =>
  mixed(['i', 'i'], 'i', ([a, b], k) => {
    const lane = offset + (k >> 1);
    return k % 2 === 0 ? ['i32.mul', a(lane), b(lane)] : call('product.high', a(lane), b(lane));
  });
const pairs = (name, whole) =>
  mixed(['i', 'i'], 'i', ([a, b], k, masks) => {
    const [from, lane] = [k < 2 ? a : b, 2 * (k % 2)];
    return masks ? whole(from(lane), from(lane + 1)) : call(name, from(lane), from(lane + 1));
  });

export const operations = {
  'f32x4.add': eachAs('f', 'f32.add', 'f', 'f'),
  'f32x4.sub': eachAs('f', 'f32.sub', 'f', 'f'),
  'f32x4.mul': eachAs('f', 'f32.mul', 'f', 'f'),
  'f32x4.div': eachAs('f', 'f32.div', 'f', 'f'),
  'f32x4.sqrt': eachAs('f', 'f32.sqrt', 'f'),
  'f32x4.abs': eachAs('f', 'f32.abs', 'f'),
  'f32x4.floor': eachAs('f', 'f32.floor', 'f'),
  'f32x4.neg': eachAs('f', 'f32.neg', 'f'),
  'f32x4.nearest': each(['f'], 'f', (a) => call('f32.nearest', a)),
  'f32x4.splat': each(['scalar'], 'f', (value) => value),
  'f32x4.convert_i32x4_s': eachAs('f', 'f32.convert_i32_s', 'i'),
  'f32x4.pmin': chosen((a, b) => ['select', b, a, ['f32.lt', b, a]]),
  'f32x4.pmax': chosen((a, b) => ['select', b, a, ['f32.lt', a, b]]),
  'i32x4.trunc_sat_f32x4_s': each(['f'], 'i', (a) => call('i32.trunc_sat_f32_s', a)),
  'i32x4.splat': each(['scalar'], 'i', (value) => value),
  'i32x4.add': eachAs('i', 'i32.add', 'i', 'i'),
  'i32x4.sub': eachAs('i', 'i32.sub', 'i', 'i'),
  'i32x4.mul': eachAs('i', 'i32.mul', 'i', 'i'),
  'i32x4.min_s': each(['i', 'i'], 'i', (a, b) => ['select', a, b, ['i32.lt_s', a, b]]),
  'i32x4.shl': shifted('i32.shl'),
  'i32x4.shr_u': shifted('i32.shr_u'),
  'i32x4.shr_s': shifted('i32.shr_s'),
  ...Object.fromEntries(['eq', 'ne', 'lt', 'gt', 'le', 'ge'].map((name) => [`f32x4.${name}`, compared('f', `f32.${name}`)])),
  ...Object.fromEntries(['eq', 'ne', 'lt_s', 'gt_s'].map((name) => [`i32x4.${name}`, compared('i', `i32.${name}`)])),
  'i8x16.splat': each(['scalar'], 'i', (value) => call('i8x16.splat', value)),
  'i8x16.shl': each(['i', 'scalar'], 'i', (a, bits) => call('i8x16.shl', a, bits)),
  'i8x16.eq': each(['i', 'i'], 'i', (a, b) => ['i32.xor', call('i8x16.ne', a, b), constant(-1)]),
  ...Object.fromEntries(['add', 'sub', 'ne', 'lt_u', 'min_u'].map((name) => [`i8x16.${name}`, called(`i8x16.${name}`, 2)])),
  'i16x8.narrow_i32x4_s': pairs('i16x8.narrow_i32x4_s', (a, b) => [
    'i32.or',
    ['i32.and', a, constant(0xffff)],
    ['i32.shl', b, constant(16)],
  ]),
  'i8x16.narrow_i16x8_s': pairs('i8x16.narrow_i16x8_s', (a, b) => call('i8x16.narrow_i16x8_s', a, b)),
  'i16x8.extend_low_i8x16_u': mixed(['i'], 'i', ([a], k) => twoBytes(a(k >> 1), 2 * (k % 2))),
  'i16x8.extend_high_i8x16_u': mixed(['i'], 'i', ([a], k) => twoBytes(a(2 + (k >> 1)), 2 * (k % 2))),
  'i32x4.extend_low_i16x8_u': mixed(['i'], 'i', ([a], k) => half(a(k >> 1), k % 2, 16)),
  'i32x4.extend_high_i16x8_u': mixed(['i'], 'i', ([a], k) => half(a(2 + (k >> 1)), k % 2, 16)),
  'i64x2.extmul_low_i32x4_u': product(0),
  'i64x2.extmul_high_i32x4_u': product(2),
};

const twoBytes = (word, first) => ['i32.or', half(word, first, 8), ['i32.shl', half(word, first + 1, 8), constant(16)]];

/** Operations that give a scalar. */
export const scalars = {
  'f32x4.extract_lane': { takes: 'f', value: (a, lane) => a(Number(lane)) },
  'i32x4.extract_lane': { takes: 'i', value: (a, lane) => a(Number(lane)) },
  'v128.any_true': {
    takes: 'i',
    value: (a) => ['i32.ne', ['i32.or', ['i32.or', a(0), a(1)], ['i32.or', a(2), a(3)]], constant(0)],
  },
  'i32x4.bitmask': {
    takes: 'i',
    value: (a) =>
      [0, 1, 2, 3].map((k) => ['i32.shl', ['i32.shr_u', a(k), constant(31)], constant(k)]).reduce((x, y) => ['i32.or', x, y]),
  },
  'i8x16.bitmask': {
    takes: 'i',
    value: (a) =>
      [0, 1, 2, 3].map((k) => ['i32.shl', call('i8x16.bitmask', a(k)), constant(4 * k)]).reduce((x, y) => ['i32.or', x, y]),
  },
};

/** A word of bytes that are picked out of two vectors. */
export function shuffled(indices, a, b, k) {
  const own = indices.slice(4 * k, 4 * k + 4);
  const word = (index) => (index < 16 ? a(index >> 2) : b((index - 16) >> 2));
  if (own[0] % 4 === 0 && own.every((index, place) => index === own[0] + place)) return word(own[0]);
  return own
    .map((index, place) => ['i32.shl', half(word(index), index % 4, 8), constant(8 * place)])
    .reduce((x, y) => ['i32.or', x, y]);
}
