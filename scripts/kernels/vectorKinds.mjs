import { within } from './sExpressions.mjs';
import { operations, scalars } from './vectorOperations.mjs';

/** Operations on bits: they take and give whatever their neighbours do. */
export const bitwise = new Set(['v128.and', 'v128.or', 'v128.xor', 'v128.andnot', 'v128.bitselect', 'select']);
const withMasks = { 'i16x8.narrow_i32x4_s': [32, 16], 'i8x16.narrow_i16x8_s': [16, 8] };

/**
 * What the vectors of a module are: four f32 or four i32, and which of them are masks (all bits of a lane are the same, with how
 * many bits a lane has). Variables that are copied into each other are of one kind.
 *
 * @param vectors  all variables that are vectors: `function local`, `function #` (its result), ` global`.
 * @param moves    `[variable, expression]`: all that they receive.
 */
export function vectorKinds(functions, variableOf, moves) {
  const parent = new Map();
  const find = (name) => {
    const above = parent.get(name) ?? name;
    return above === name ? name : find(above);
  };
  const same = (a, b) => parent.set(find(a), find(b));
  for (const [name, value, where] of moves) {
    const other = variableOf(value, where);
    if (other !== undefined) same(name, other);
  }

  // What makes a variable decides, then what uses it. In doubt it is of integers: an f32 may lose the bits of a NaN.
  const made = new Map();
  const used = new Map();
  const vote = (votes, name, kind) => {
    if (name !== undefined && votes.get(find(name)) !== 'i') votes.set(find(name), kind);
  };
  for (const [name, [operation]] of moves) {
    const gives = operations[operation]?.gives ?? (operation === 'i8x16.shuffle' ? 'i' : undefined);
    if (gives !== undefined) vote(made, name, gives === 'f' ? 'f' : 'i');
  }
  for (const [where, body] of functions) {
    for (const expression of within(body)) {
      const takes = operations[expression[0]]?.takes ?? [scalars[expression[0]]?.takes ?? 'any'];
      const operands = expression.filter(Array.isArray);
      takes.forEach((kind, index) => {
        if (kind === 'f' || kind === 'i') vote(used, operands[index] && variableOf(operands[index], where), kind);
      });
    }
  }
  const kind = (name) => made.get(find(name)) ?? used.get(find(name)) ?? 'i';

  // Masks: every lane is one until something else is moved there.
  const width = new Map();
  const widthOf = (value, where) => {
    const [operation, ...rest] = value;
    const operands = rest.filter(Array.isArray);
    if (operation === 'v128.const') return rest.slice(1).every((word) => /^0x(0{8}|f{8})$/.test(word)) ? 32 : 0;
    if (operations[operation]?.gives === 'mask') return 32;
    const [least, result] = withMasks[operation] ?? [];
    if (least !== undefined) return operands.every((operand) => widthOf(operand, where) >= least) ? result : 0;
    if (operation === 'v128.and' || operation === 'v128.or' || operation === 'v128.xor')
      return Math.min(...operands.map((operand) => widthOf(operand, where)));
    const name = variableOf(value, where);
    return name === undefined ? 0 : (width.get(find(name)) ?? 32);
  };
  for (let changing = true; changing; ) {
    changing = false;
    for (const [name, value, where] of moves) {
      const [before, now] = [width.get(find(name)) ?? 32, widthOf(value, where)];
      if (now < before) [changing] = [width.set(find(name), now) !== undefined];
    }
  }
  return { kind, widthOf };
}
