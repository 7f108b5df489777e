import { lowerFunction, returnGlobals, variables } from './lowerFunction.mjs';
import { within } from './sExpressions.mjs';
import { vectorKinds } from './vectorKinds.mjs';
import { zeroOf } from './vectorLanes.mjs';

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

  /** The vector that an expression reads, by a name that is its own in the whole module. */
  const variableOf = ([operation, name], where) => {
    if (operation === 'local.get' && signatures.get(where).vectors.has(name)) return `${where} ${name}`;
    if (operation === 'global.get' && globals.has(name)) return ` ${name}`;
    if (operation === 'call' && signatures.get(name)?.result === 'v128') return `${name} #`;
    return undefined;
  };
  const { kind, widthOf } = vectorKinds(functions, variableOf, movesOf(functions, signatures, globals));
  const lower = (form) => {
    if (form[0] === 'type') return [];
    if (form[0] === 'func') return [lowerFunction(form, { signatures, globals, variableOf, kind, widthOf })];
    if (form[0] !== 'global' || !globals.has(form[1])) return [form];
    const own = kind(` ${form[1]}`);
    return variables('global', form[1], own, (word) => ['mut', word], zeroOf(own));
  };
  return [...module.flatMap(lower), ...returnGlobals];
}

const isVectorGlobal = ([, , type]) => Array.isArray(type) && type[1] === 'v128';

function signatureOf([, , ...parts]) {
  const named = (form) => parts.filter(([first]) => first === form);
  const vectors = [...named('param'), ...named('local')].filter(([, , type]) => type === 'v128').map(([, name]) => name);
  return { parameters: named('param').map(([, ...rest]) => rest), result: named('result')[0]?.[1], vectors: new Set(vectors) };
}

/** All that vectors receive: `[variable, expression, function]`. Both sides of a choice are moved to what receives it. */
function movesOf(functions, signatures, globals) {
  const moves = [];
  const move = (variable, value, where) => {
    if (value[0] !== 'select') moves.push([variable, value, where]);
    else for (const side of value.slice(1, 3)) moves.push([variable, side, where]);
  };
  for (const [where, body] of functions) {
    const { vectors, result } = signatures.get(where);
    for (const [operation, name, ...operands] of within(body)) {
      if (operation === 'local.set' && vectors.has(name)) move(`${where} ${name}`, operands[0], where);
      if (operation === 'global.set' && globals.has(name)) move(` ${name}`, operands[0], where);
      if (operation === 'return' && result === 'v128') move(`${where} #`, name, where);
      if (operation !== 'call') continue;
      for (const [index, [parameter, type]] of (signatures.get(name)?.parameters ?? []).entries())
        if (type === 'v128') move(`${name} ${parameter}`, operands[index], where);
    }
  }
  return moves;
}
