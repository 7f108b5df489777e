import { print } from './sExpressions.mjs';
import { bitwise } from './vectorKinds.mjs';
import { operations, shuffled } from './vectorOperations.mjs';

/** The types of words by the kinds of vectors. */
export const words = { f: 'f32', i: 'i32' };

export const zeroOf = (kind) => [`${words[kind]}.const`, '0'];

const attributesOf = (parts) => parts.filter((part) => !Array.isArray(part));

/** Where a word is in memory: numbers lie where a number may, bytes may lie anywhere. */
export function placeOf(kind, parts, more) {
  const offset =
    Number(
      attributesOf(parts)
        .find((part) => part.startsWith('offset='))
        ?.slice(7) ?? 0,
    ) + more;
  return [`offset=${offset}`, `align=${kind === 'f' ? 4 : 1}`];
}

const loaded = (kind, parts, more) => [`${words[kind]}.load`, ...placeOf(kind, parts, more), parts.find(Array.isArray)];

const loads = {
  'v128.load': (parts, k, wanted) => loaded(wanted, parts, 4 * k),
  'v128.load32_zero': (parts, k, wanted) => (k === 0 ? loaded(wanted, parts, 0) : zeroOf(wanted)),
  'v128.load32_splat': (parts, _, wanted) => loaded(wanted, parts, 0),
  'v128.load8_splat': (parts, _, wanted) => as(wanted, 'i', ['call', '$i8x16.splat', ['i32.load8_u', ...parts]]),
  'v128.load32_lane': (parts, k, wanted, lane) =>
    k === Number(attributesOf(parts).at(-1)) ? loaded(wanted, parts, 0) : lane(parts.at(-1), k, wanted),
};

/** An f32 as i32 or the other way round, where that is not what it is. */
function as(wanted, kind, value) {
  if (wanted === 'f' && kind !== 'f')
    return value[0] === 'i32.const' ? ['f32.const', floatOf(Number(value[1]))] : ['f32.reinterpret_i32', value];
  return wanted === 'i' && kind === 'f' ? ['i32.reinterpret_f32', value] : value;
}

function floatOf(bits) {
  const value = new Float32Array(Uint32Array.of(bits).buffer)[0];
  if (!Number.isFinite(value)) throw new Error(`a constant of ${value}`);
  return Object.is(value, -0) ? '-0' : `${value}`;
}

/**
 * A word of a vector expression: `lane(value, k, 'f' or 'i')`.
 *
 * @param variableOf  the variable that an expression reads; see vectorKinds.mjs for the others.
 */
export function laneReader(variableOf, kind, widthOf) {
  const isMask = (operand) => widthOf(operand) >= 32;

  const ofBits = (operation, operands, k, wanted) => {
    const [a, b, mask] = operands;
    if (operation === 'v128.bitselect' && isMask(mask))
      return ['select', lane(a, k, wanted), lane(b, k, wanted), lane(mask, k, 'i')];
    if (wanted === 'f' && operation === 'v128.and' && (isMask(a) || isMask(b))) {
      const [value, chosen] = isMask(b) ? [a, b] : [b, a];
      return ['select', lane(value, k, 'f'), zeroOf('f'), lane(chosen, k, 'i')];
    }
    const [x, y, m] = operands.map((operand) => lane(operand, k, 'i'));
    if (operation === 'v128.bitselect') return as(wanted, 'i', ['i32.xor', y, ['i32.and', ['i32.xor', x, y], m]]);
    if (operation === 'v128.andnot') return as(wanted, 'i', ['i32.and', x, ['i32.xor', y, ['i32.const', '-1']]]);
    return as(wanted, 'i', [operation.replace('v128', 'i32'), x, y]);
  };

  const lane = (value, k, wanted) => {
    const [operation, ...parts] = value;
    const variable = variableOf(value);
    if (variable !== undefined) return as(wanted, kind(variable), [operation, `${parts[0]}.${k}`]);
    if (operation === 'v128.const') return as(wanted, 'i', ['i32.const', parts[k + 1]]);
    if (operation in loads) return loads[operation](parts, k, wanted, lane);
    const operands = parts.filter(Array.isArray);
    const reader = (index, own) => (at) => lane(operands[index], at, own);
    if (operation === 'select') return ['select', lane(operands[0], k, wanted), lane(operands[1], k, wanted), operands[2]];
    if (bitwise.has(operation)) return ofBits(operation, operands, k, wanted);
    if (operation === 'i8x16.shuffle')
      return as(wanted, 'i', shuffled(parts.slice(0, 16).map(Number), reader(0, 'i'), reader(1, 'i'), k));
    if (!(operation in operations)) throw new Error(`no words for ${print(value)}: add ${operation} to vectorOperations.mjs`);
    const { takes, gives, apart, word } = operations[operation];
    const read = takes.map((own, index) => (own === 'scalar' ? () => operands[index] : reader(index, own)));
    return as(wanted, gives, apart ? word(read, k) : word(read, k, operands.every(isMask)));
  };
  return lane;
}
