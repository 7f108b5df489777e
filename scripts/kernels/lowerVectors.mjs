import { print, within } from './sExpressions.mjs';
import { bitwise, vectorKinds } from './vectorKinds.mjs';
import { operations, scalars, shuffled } from './vectorOperations.mjs';

const lanes = [0, 1, 2, 3];
const words = { f: 'f32', i: 'i32' };

/**
 * A module without vectors that does the same, bit by bit (but for the bits of NaN): each vector is four words, each operation four
 * scalar ones.
 *
 * @param module  flat: operands are variables or constants.
 */
export function lowerVectors(module) {
  const functions = new Map(module.filter(([form]) => form === 'func').map((form) => [form[1], form]));
  const signatures = new Map([...functions].map(([name, form]) => [name, signatureOf(form)]));
  const globals = new Set(module.filter((form) => form[0] === 'global' && isVectorGlobal(form)).map(([, name]) => name));

  /** The name of the vector that an expression reads, for the whole module. */
  const variableOf = ([operation, name], where) => {
    if (operation === 'local.get' && signatures.get(where).vectors.has(name)) return `${where} ${name}`;
    if (operation === 'global.get' && globals.has(name)) return ` ${name}`;
    if (operation === 'call' && signatures.get(name)?.result === 'v128') return `${name} #`;
    return undefined;
  };
  const { kind, widthOf } = vectorKinds(functions, variableOf, movesOf(functions, signatures, globals));

  const lowerFunction = ([, name, ...parts]) => {
    const isVector = (value) =>
      variableOf(value, name) !== undefined || value[0].startsWith('v128.const') || (value[0] === 'select' && isVector(value[1]));

    /** A word of a vector as f32 or i32. */
    const lane = (value, k, wanted) => {
      const [operation, ...rest] = value;
      const variable = variableOf(value, name);
      if (variable !== undefined) return as(wanted, kind(variable), [operation, `${rest[0]}.${k}`]);
      if (operation === 'v128.const') return as(wanted, 'i', ['i32.const', rest[k + 1]]);
      const operands = rest.filter(Array.isArray);
      if (operation === 'select') return ['select', lane(operands[0], k, wanted), lane(operands[1], k, wanted), operands[2]];
      if (bitwise.has(operation)) return bits(operation, operands, k, wanted);
      const loaded = loads[operation];
      if (loaded !== undefined) return loaded(rest, k, wanted, lane);
      if (operation === 'i8x16.shuffle') {
        const [a, b] = operands.map((operand) => (at) => lane(operand, at, 'i'));
        return as(wanted, 'i', shuffled(rest.slice(0, 16).map(Number), a, b, k));
      }
      const { takes, gives, apart, word } = operations[operation] ?? fail(`no words for ${print(value)}`);
      const read = takes.map((kinds, index) => (at) => (kinds === 'scalar' ? operands[index] : lane(operands[index], at, kinds)));
      if (apart) return as(wanted, gives, word(read, k));
      return as(
        wanted,
        gives,
        word(
          read,
          k,
          operands.every((operand) => widthOf(operand, name) >= 32),
        ),
      );
    };

    const bits = (operation, operands, k, wanted) => {
      const [a, b, mask] = operands;
      const isMask = (operand) => widthOf(operand, name) === 32;
      if (operation === 'v128.bitselect') {
        if (isMask(mask)) return ['select', lane(a, k, wanted), lane(b, k, wanted), lane(mask, k, 'i')];
        const [x, y, m] = operands.map((operand) => lane(operand, k, 'i'));
        return as(wanted, 'i', ['i32.xor', y, ['i32.and', ['i32.xor', x, y], m]]);
      }
      if (wanted === 'f' && operation === 'v128.and') {
        const [value, chosen] = isMask(b) ? [a, b] : [b, a];
        if (isMask(chosen)) return ['select', lane(value, k, 'f'), ['f32.const', '0'], lane(chosen, k, 'i')];
      }
      const [x, y] = operands.map((operand) => lane(operand, k, 'i'));
      if (operation === 'v128.andnot') return as(wanted, 'i', ['i32.and', x, ['i32.xor', y, ['i32.const', '-1']]]);
      return as(wanted, 'i', [operation.replace('v128', 'i32'), x, y]);
    };

    /** A vector's words into four variables. */
    const assign = (set, target, variable, value) => {
      const wanted = kind(variable);
      if (value[0] === 'call') return [lowerCall(value), ...lanes.map((k) => [set, `${target}.${k}`, returned(wanted, k)])];
      const own = operations[value[0]]?.apart === false || value[0] === 'i8x16.shuffle';
      if (own && value.some((operand) => Array.isArray(operand) && variableOf(operand, name) === variable))
        fail(`${print(value)} overwrites what it reads`);
      return lanes.map((k) => [set, `${target}.${k}`, lane(value, k, wanted)]);
    };

    const lowerCall = ([, callee, ...operands]) => [
      'call',
      callee,
      ...operands.flatMap((operand, index) => {
        if (signatures.get(callee).parameters[index][1] !== 'v128') return [scalar(operand)];
        return lanes.map((k) => lane(operand, k, kind(`${callee} ${signatures.get(callee).parameters[index][0]}`)));
      }),
    ];

    /** An expression that gives a scalar or nothing. */
    const scalar = (value) => {
      if (!Array.isArray(value)) return value;
      const found = scalars[value[0]];
      if (found !== undefined) {
        const operand = value.findLast(Array.isArray);
        return found.value((k) => lane(operand, k, found.takes), value[1]);
      }
      if (value[0] === 'call') return lowerCall(value);
      const [single, ...others] = statement(value);
      return others.length === 0 ? single : fail(`${print(value)} within an expression`);
    };

    /** A statement as some. */
    const statement = (value) => {
      if (!Array.isArray(value)) return [value];
      const [operation, ...rest] = value;
      const operands = rest.filter(Array.isArray);
      const attributes = rest.filter((part) => !Array.isArray(part));
      if (operation === 'local.set' && signatures.get(name).vectors.has(rest[0]))
        return assign(operation, rest[0], `${name} ${rest[0]}`, rest[1]);
      if (operation === 'global.set' && globals.has(rest[0])) return assign(operation, rest[0], ` ${rest[0]}`, rest[1]);
      if (operation === 'drop' && isVector(operands[0])) return operands[0][0] === 'call' ? [lowerCall(operands[0])] : [];
      if (operation === 'return' && operands.length > 0 && signatures.get(name).result === 'v128') {
        const wanted = kind(`${name} #`);
        return [...lanes.map((k) => ['global.set', returned(wanted, k)[1], lane(operands[0], k, wanted)]), ['return']];
      }
      if (operation === 'v128.store') return lanes.map((k) => stored(attributes, operands[0], operands[1], k, 4 * k));
      if (operation === 'v128.store32_lane') return [stored(attributes, operands[0], operands[1], Number(attributes.at(-1)), 0)];
      if (/^v128\.store/.test(operation)) fail(`no words for ${operation}`);
      return [[operation, ...rest.flatMap((part) => (isStatement(part) ? statement(part) : [scalar(part)]))]];
    };

    const stored = (attributes, address, value, k, offset) => {
      const variable = variableOf(value, name);
      const own = variable === undefined ? 'i' : kind(variable);
      return [`${words[own]}.store`, ...aligned(own, attributes, offset), address, lane(value, k, own)];
    };

    const header = (part) => {
      if (part[0] === 'type') return [];
      if (part[0] === 'result') return part[1] === 'v128' ? [] : [part];
      if ((part[0] !== 'param' && part[0] !== 'local') || part[2] !== 'v128') return [part];
      return lanes.map((k) => [part[0], `${part[1]}.${k}`, words[kind(`${name} ${part[1]}`)]]);
    };
    return [
      'func',
      name,
      ...parts.flatMap((part) => (headers.has(part[0]) ? header(part) : isStatement(part) ? statement(part) : [scalar(part)])),
    ];
  };

  return module
    .flatMap((form) => {
      if (form[0] === 'type') return [];
      if (form[0] === 'module') return [form];
      if (form[0] === 'func') return [lowerFunction(form)];
      if (form[0] !== 'global' || !globals.has(form[1])) return [form];
      const own = kind(` ${form[1]}`);
      return lanes.map((k) => ['global', `${form[1]}.${k}`, ['mut', words[own]], zeroOf(own)]);
    })
    .concat(
      Object.keys(words).flatMap((own) => lanes.map((k) => ['global', returned(own, k)[1], ['mut', words[own]], zeroOf(own)])),
    );
}

const headers = new Set(['type', 'param', 'result', 'local']);
const zeroOf = (own) => [`${words[own]}.const`, '0'];
const returned = (own, k) => ['global.get', `$returned.${own}.${k}`];

const isVectorGlobal = ([, , type]) => Array.isArray(type) && type[1] === 'v128';

/** Statements may hold statements; the rest are expressions. */
const isStatement = (part) =>
  Array.isArray(part) &&
  /^(block|loop|if|then|else|drop|return|(local|global)\.set|.*\.store\d*(_lane)?|call|br|br_if|nop)$/.test(part[0]);

function signatureOf([, , ...parts]) {
  const named = (form) => parts.filter(([first]) => first === form);
  const vectors = [...named('param'), ...named('local')].filter(([, , type]) => type === 'v128').map(([, name]) => name);
  return { parameters: named('param').map(([, ...rest]) => rest), result: named('result')[0]?.[1], vectors: new Set(vectors) };
}

/** All that vectors receive: `[variable, expression, function]`. */
function movesOf(functions, signatures, globals) {
  const moves = [];
  for (const [where, body] of functions) {
    const { vectors, result } = signatures.get(where);
    for (const expression of within(body)) {
      const [operation, name, ...operands] = expression;
      if (operation === 'local.set' && vectors.has(name)) moves.push([`${where} ${name}`, operands[0], where]);
      if (operation === 'global.set' && globals.has(name)) moves.push([` ${name}`, operands[0], where]);
      if (operation === 'return' && result === 'v128') moves.push([`${where} #`, name, where]);
      if (operation === 'call') {
        signatures.get(name)?.parameters.forEach(([parameter, type], index) => {
          if (type === 'v128') moves.push([`${name} ${parameter}`, operands[index], where]);
        });
      }
    }
  }
  // Both sides of a choice are of the kind of what they are moved to.
  return moves.flatMap(([name, value, where]) =>
    value[0] === 'select'
      ? [
          [name, value[1], where],
          [name, value[2], where],
        ]
      : [[name, value, where]],
  );
}

/** An f32 as i32 or the other way round, where that is not what it is. */
function as(wanted, own, value) {
  if (wanted === 'f' && own !== 'f')
    return value[0] === 'i32.const' ? ['f32.const', floatOf(Number(value[1]))] : ['f32.reinterpret_i32', value];
  return wanted === 'i' && own === 'f' ? ['i32.reinterpret_f32', value] : value;
}

const floatOf = (bits) => {
  const value = new Float32Array(Uint32Array.of(bits).buffer)[0];
  return Object.is(value, -0) ? '-0' : Number.isFinite(value) ? `${value}` : fail(`a constant of ${value}`);
};

/** Bytes may lie anywhere, numbers lie where a number may. */
function aligned(own, attributes, more) {
  const offset = Number(attributes.find((part) => part.startsWith('offset='))?.slice(7) ?? 0) + more;
  return [`offset=${offset}`, `align=${own === 'f' ? 4 : 1}`];
}

const wordAt = (wanted, parts, more) => [
  `${words[wanted]}.load`,
  ...aligned(
    wanted,
    parts.filter((part) => !Array.isArray(part)),
    more,
  ),
  parts.find(Array.isArray),
];

const loads = {
  'v128.load': (parts, k, wanted) => wordAt(wanted, parts, 4 * k),
  'v128.load32_zero': (parts, k, wanted) => (k === 0 ? wordAt(wanted, parts, 0) : zeroOf(wanted)),
  'v128.load32_splat': (parts, _, wanted) => wordAt(wanted, parts, 0),
  'v128.load8_splat': (parts, _, wanted) => as(wanted, 'i', ['call', '$i8x16.splat', ['i32.load8_u', ...parts]]),
  'v128.load32_lane': (parts, k, wanted, lane) => {
    const attributes = parts.filter((part) => !Array.isArray(part));
    return k === Number(attributes.at(-1)) ? wordAt(wanted, parts, 0) : lane(parts.at(-1), k, wanted);
  },
};

function fail(message) {
  throw new Error(`lowering: ${message}`);
}
