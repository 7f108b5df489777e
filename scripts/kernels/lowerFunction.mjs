import { print } from './sExpressions.mjs';
import { laneReader, placeOf, words, zeroOf } from './vectorLanes.mjs';
import { operations, scalars } from './vectorOperations.mjs';

const lanes = [0, 1, 2, 3];
const returned = (kind, k) => `$returned.${kind}.${k}`;

/** Variables that vectors are returned in. */
export const returnGlobals = Object.keys(words).flatMap((kind) =>
  lanes.map((k) => ['global', returned(kind, k), ['mut', words[kind]], zeroOf(kind)]),
);

/** Four variables in place of a vector. */
export const variables = (form, name, kind, type, ...more) =>
  lanes.map((k) => [form, `${name}.${k}`, type(words[kind]), ...more]);

/** Statements may hold statements; the rest are expressions. */
const holder = /^(block|loop|if|then|else|drop|return|(local|global)\.set|.*\.store\d*(_lane)?|call|br|br_if|nop)$/;
const isStatement = (part) => Array.isArray(part) && holder.test(part[0]);

/**
 * A function without vectors.
 *
 * @param signatures  of all functions: `{ parameters, result, vectors }`.
 * @param globals     those that are vectors.
 */
export function lowerFunction([, name, ...parts], { signatures, globals, variableOf, kind, widthOf }) {
  const own = signatures.get(name);
  const variable = (value) => variableOf(value, name);
  const lane = laneReader(variable, kind, (value) => widthOf(value, name));

  /** A vector's words into four variables. */
  const assign = (set, target, key, value) => {
    const into = (word) => lanes.map((k) => [set, `${target}.${k}`, word(k)]);
    if (value[0] === 'call') return [lowerCall(value), ...into((k) => ['global.get', returned(kind(key), k)])];
    const isMixed = operations[value[0]]?.apart === false || value[0] === 'i8x16.shuffle';
    if (isMixed && value.some((operand) => Array.isArray(operand) && variable(operand) === key))
      throw new Error(`${print(value)} overwrites what it reads`);
    return into((k) => lane(value, k, kind(key)));
  };

  const lowerCall = ([, callee, ...operands]) => {
    const { parameters } = signatures.get(callee);
    const given = operands.flatMap((operand, index) => {
      const [parameter, type] = parameters[index];
      return type === 'v128' ? lanes.map((k) => lane(operand, k, kind(`${callee} ${parameter}`))) : [scalar(operand)];
    });
    return ['call', callee, ...given];
  };

  /** An expression that gives a scalar or nothing. */
  const scalar = (value) => {
    if (!Array.isArray(value)) return value;
    const [operation, first] = value;
    if (operation in scalars) {
      const { takes, value: ofWords } = scalars[operation];
      return ofWords((k) => lane(value.findLast(Array.isArray), k, takes), first);
    }
    if (operation === 'call') return lowerCall(value);
    const [single, ...others] = statement(value);
    if (others.length > 0) throw new Error(`${print(value)} within an expression`);
    return single;
  };

  const store = (attributes, address, value, k, more) => {
    const of = variable(value) === undefined ? 'i' : kind(variable(value));
    return [`${words[of]}.store`, ...placeOf(of, attributes, more), address, lane(value, k, of)];
  };

  const giveBack = (value) => {
    const of = kind(`${name} #`);
    return [...lanes.map((k) => ['global.set', returned(of, k), lane(value, k, of)]), ['return']];
  };

  /** A statement as some. */
  const statement = (value) => {
    if (!Array.isArray(value)) return [value];
    const [operation, ...rest] = value;
    const [attributes, [first, second]] = [rest.filter((part) => !Array.isArray(part)), rest.filter(Array.isArray)];
    if (operation === 'local.set' && own.vectors.has(rest[0])) return assign(operation, rest[0], `${name} ${rest[0]}`, first);
    if (operation === 'global.set' && globals.has(rest[0])) return assign(operation, rest[0], ` ${rest[0]}`, first);
    if (operation === 'return' && own.result === 'v128') return giveBack(first);
    if (operation === 'call') return [lowerCall(value)];
    if (operation === 'v128.store') return lanes.map((k) => store(attributes, first, second, k, 4 * k));
    if (operation === 'v128.store32_lane') return [store(attributes, first, second, Number(attributes.at(-1)), 0)];
    if (operation === 'drop' && variable(first) !== undefined) return first[0] === 'call' ? [lowerCall(first)] : [];
    return [[operation, ...rest.flatMap(lower)]];
  };
  const lower = (part) => (isStatement(part) ? statement(part) : [scalar(part)]);

  return ['func', name, ...parts.flatMap((part) => header(part, (local) => kind(`${name} ${local}`)) ?? lower(part))];
}

/** What stands before a function's body. */
function header([form, name, type] = [], kindOf) {
  if (form === 'type') return [];
  if (form === 'result') return name === 'v128' ? [] : [[form, name]];
  if (form !== 'param' && form !== 'local') return undefined;
  return type === 'v128' ? variables(form, name, kindOf(name), (word) => word) : [[form, name, type]];
}
