import * as tf from '@tensorflow/tfjs-core';

/** A shape as messages show it: `[784, 10]`. */
export const showShape = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** Entries of a list, or fields of a record, that are shown. */
const most = 8;

/**
 * A value as messages show it: short, on one line, and whatever it is, so that no refusal fails over what it refuses.
 *
 * @example
 * show([1, 'a', null]);   // => '[1, "a", null]'
 */
export function show(value: unknown, depth = 0): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'bigint':
      return `${value}n`;
    case 'function':
      return 'a function';
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'object':
      return value === null ? 'null' : showObject(value, depth);
    default:
      return String(value);
  }
}

/** What was thrown says, on one line, whatever it is. */
export function messageOf(reason: unknown): string {
  const message = typeof reason === 'object' && reason !== null && 'message' in reason ? reason.message : reason;
  return typeof message === 'string' ? (message.split('\n')[0] ?? '') : show(message);
}

/** The code of what the system refused, such as `ENOENT`. */
export const errorCode = (reason: unknown): unknown =>
  typeof reason === 'object' && reason !== null && 'code' in reason ? reason.code : undefined;

function showObject(value: object, depth: number): string {
  if (value instanceof tf.Tensor) return `a tensor ${showShape(value.shape)}`;
  if (value instanceof Promise) return 'a promise (await it first)';
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (depth > 1) return '…';
  const list = Array.isArray(value);
  const entries = Object.entries(value).slice(0, most);
  const rest = Object.keys(value).length > most ? ', …' : '';
  const shown = entries.map(([name, entry]) => (list ? '' : `${name}: `) + show(entry, depth + 1)).join(', ');
  if (list) return `[${shown}${rest}]`;
  return shown === '' ? '{}' : `{ ${shown}${rest} }`;
}

/** In quotation marks, without what a terminal would obey. */
function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return JSON.stringify(short).replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
