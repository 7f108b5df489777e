// The text form of WebAssembly as nested arrays: `(i32.add (local.get $0) (i32.const 1))` is
// ['i32.add', ['local.get', '$0'], ['i32.const', '1']].

/** The first expression of a text. */
export function parse(text) {
  const open = [[]];
  for (const [token] of text.replace(/;;.*/g, '').matchAll(/\(|\)|"(?:[^"\\]|\\.)*"|[^\s()"]+/g)) {
    if (token === '(') open.push([]);
    else if (token === ')') open.at(-2).push(open.pop());
    else open.at(-1).push(token);
  }
  return open[0][0];
}

/** An expression as text. */
export const print = (expression) => (Array.isArray(expression) ? `(${expression.map(print).join(' ')})` : expression);

/** All expressions in an expression, itself first. */
export function* within(expression) {
  if (!Array.isArray(expression)) return;
  yield expression;
  for (const part of expression) yield* within(part);
}
