import { left, right } from 'fp-ts/lib/Either.js';
import { StdpError, type Validated } from '../../core/errors.js';
import { isFinite32, leastPositive } from '../../core/params/validation.js';

/** What a product may hold: x0, y0 are spikes, the others traces of the same neuron; w is the weight. */
export const productVariables = ['x0', 'x1', 'x2', 'y0', 'y1', 'y2', 'y3', 'w'] as const;
/** One of {@link productVariables}. */
export type ProductVariable = (typeof productVariables)[number];

/** A variable and a constant added to it: `(w - 1)` is `{ variable: 'w', plus: -1 }`. */
export interface ProductFactor {
  readonly variable: ProductVariable;
  readonly plus: number;
}

/** One product: a coefficient times factors. */
export interface Product {
  readonly coefficient: number;
  readonly factors: readonly ProductFactor[];
}

interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end' | 'unknown';
  readonly text: string;
  readonly at: number;
}

const pattern = /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([A-Za-z]\w*)|([-+*^=()])|(\S)|$)/y;

function tokensOf(text: string): readonly Token[] {
  return Array.from(text.matchAll(new RegExp(pattern, 'gy')), (match) => {
    const [whole, number, name, sign, unknown] = match;
    const found = number ?? name ?? sign ?? unknown ?? '';
    const at = match.index + whole.length - found.length;
    const kind = number ? 'number' : name ? 'name' : sign ? 'sign' : unknown ? 'unknown' : 'end';
    return { kind, text: found, at } as const;
  });
}

/** The longest text that is read: each product and each factor takes a place on the stack. */
const mostCharacters = 10_000;

/** What a parser gives: a value, and how many tokens lie before the rest. */
type Parsed<A> = readonly [value: A, next: number];

/**
 * The products of a rule's text, as in `dw = 2^-2 * x1 * y0 - 2^-2 * x0 * y1`:
 *
 *     rule     = 'dw' '=' ['-'] product { ('+' | '-') product }
 *     product  = factor { '*' factor }
 *     factor   = constant | variable | '(' variable ('+' | '-') constant ')'
 *     constant = number [ '^' ['-'] number ]
 *     variable = x0 | x1 | x2 | y0 | y1 | y2 | y3 | w
 *
 * Constants, and their products, are 0 or from 2⁻¹²⁶ to what float32 holds.
 *
 * @param text  of at most 10 000 characters.
 * @returns the products, or where the text fails and what was expected there; positions count from 1.
 *
 * @example
 * const products = parseProducts('dw = 2^-2 * x1 * y0');
 * products._tag === 'Left' ? products.left.message : products.right[0].coefficient;   // => 0.25
 */
export function parseProducts(text: string, where = 'productRule'): Validated<readonly Product[]> {
  const { length } = text;
  if (length > mostCharacters)
    return left(new StdpError(where, 'dw', `is ${length} characters long, at most ${mostCharacters} are read`));
  try {
    return right(rule(tokensOf(text)));
  } catch (reason) {
    if (reason instanceof Unexpected) return left(new StdpError(where, 'dw', `${reason.message} in '${text}'`));
    throw reason;
  }
}

/** Leaves the parser; never leaves this file. */
class Unexpected extends Error {
  constructor(expected: string, { kind, text, at }: Token) {
    super(`needs ${expected} at position ${at + 1}, got ${kind === 'end' ? 'the end' : `'${text}'`}`);
  }
}

/** Whether a number is written without a digit but 0. */
const isZero = ({ text }: Token): boolean => !/^[\d.]*[1-9]/.test(text);

function rule(tokens: readonly Token[]): readonly Product[] {
  const peek = (at: number): Token => tokens[at] ?? { kind: 'end', text: '', at: 0 };
  const expect = (text: string, at: number): number => {
    if (peek(at).text !== text) throw new Unexpected(`'${text}'`, peek(at));
    return at + 1;
  };

  /** A value as it is, unless float32 would make ∞ of it, or nothing of what is something. */
  const held = (value: number, isNothing: boolean, at: number, end: number): number => {
    if (isFinite32(value) && (isNothing ? value === 0 : Math.abs(value) >= leastPositive)) return value;
    const text = tokens.slice(at, end).map((token) => token.text);
    throw new Unexpected('what float32 can hold', { kind: 'number', text: text.join(' '), at: peek(at).at });
  };
  const number = (at: number): Parsed<number> => {
    const token = peek(at);
    if (token.kind !== 'number') throw new Unexpected('a number', token);
    return [Number(token.text), at + 1];
  };
  const constant = (at: number): Parsed<number> => {
    const [base, next] = number(at);
    held(base, isZero(peek(at)), at, next);
    if (peek(next).text !== '^') return [base, next];
    const negative = peek(next + 1).text === '-';
    const [exponent, after] = number(negative ? next + 2 : next + 1);
    const value = base ** (negative ? -exponent : exponent);
    return [held(value, base === 0 && exponent !== 0, at, after), after];
  };
  const variable = (at: number): Parsed<ProductVariable> => {
    const found = productVariables.find((name) => name === peek(at).text);
    if (found === undefined) throw new Unexpected(`one of ${productVariables.join(', ')}`, peek(at));
    return [found, at + 1];
  };
  const sum = (at: number): Parsed<ProductFactor> => {
    const [name, sign] = variable(at);
    const { text } = peek(sign);
    if (text !== '+' && text !== '-') throw new Unexpected("'+' or '-'", peek(sign));
    const [value, end] = constant(sign + 1);
    return [{ variable: name, plus: text === '-' ? -value : value }, expect(')', end)];
  };
  const factor = (at: number): Parsed<ProductFactor | number> => {
    const token = peek(at);
    if (token.kind === 'number') return constant(at);
    if (token.text === '(') return sum(at + 1);
    if (token.kind !== 'name') throw new Unexpected("a number, a variable or '('", token);
    const [name, next] = variable(at);
    return [{ variable: name, plus: 0 }, next];
  };
  const product = (at: number, sign: number): Parsed<Product> => {
    const [first, next] = factor(at);
    const one = typeof first === 'number' ? { coefficient: sign * first, factors: [] } : { coefficient: sign, factors: [first] };
    if (peek(next).text !== '*') return [one, next];
    const [rest, end] = product(next + 1, 1);
    const isNothing = one.coefficient === 0 || rest.coefficient === 0;
    const coefficient = held(one.coefficient * rest.coefficient, isNothing, at, end);
    return [{ coefficient, factors: [...one.factors, ...rest.factors] }, end];
  };
  const products = (at: number, sign: number): readonly Product[] => {
    const [first, next] = product(at, sign);
    const token = peek(next);
    if (token.kind === 'end') return [first];
    if (token.text !== '+' && token.text !== '-') throw new Unexpected("'*', '+', '-' or the end", token);
    return [first, ...products(next + 1, token.text === '-' ? -1 : 1)];
  };

  const start = expect('=', expect('dw', 0));
  return peek(start).text === '-' ? products(start + 1, -1) : products(start, 1);
}
