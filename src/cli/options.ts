import { InvalidArgumentError } from 'commander';
import { StdpError } from '../core/errors.js';

/** Parses an integer of at least `least`, for commander. */
export const integerOption =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() === '' || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be an integer ≥ ${least}.`);
    return value;
  };

/** Parses a finite number, for commander. */
export const numberOption = (text: string): number => {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('It must be a number.');
  return value;
};

/** Parses a positive number, for commander. */
export const positiveOption = (text: string): number => {
  const value = numberOption(text);
  if (value <= 0) throw new InvalidArgumentError('It must be a number > 0.');
  return value;
};

/** Collects an option that may be given several times. */
export const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];

/** `path=value` as a path of names and a value: JSON where it reads as JSON (NaN and Infinity too), else the text. */
export function parseSetting(text: string): { readonly path: readonly string[]; readonly value: unknown } {
  const at = text.indexOf('=');
  if (at < 1) throw new StdpError('stdp', '--set', `needs name=value, got ${text}`);
  const written = text.slice(at + 1);
  return { path: text.slice(0, at).split('.'), value: parseValue(written) };
}

function parseValue(text: string): unknown {
  if (['NaN', 'Infinity', '-Infinity'].includes(text)) return Number(text);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/**
 * A copy of plain data with `--set` settings applied: `layers.0.threshold=20`. New names are added where a record
 * stands, so that validation can name them; an index must exist.
 */
export function applySettings<T>(data: T, settings: readonly string[]): T {
  return settings.reduce((changed, setting) => {
    const { path, value } = parseSetting(setting);
    return setAt(changed, path, value, setting) as T;
  }, data);
}

function setAt(data: unknown, [name, ...rest]: readonly string[], value: unknown, setting: string): unknown {
  if (name === undefined) return value;
  if (Array.isArray(data)) {
    const index = Number(name);
    if (!Number.isInteger(index) || index < 0 || index >= data.length)
      throw new StdpError('stdp', '--set', `${setting}: there is no ${name}, only 0 … ${data.length - 1}`);
    return data.map((entry, at) => (at === index ? setAt(entry, rest, value, setting) : entry));
  }
  if (typeof data !== 'object' && data !== undefined)
    throw new StdpError('stdp', '--set', `${setting}: nothing has a part called ${name} there`);
  return { ...data, [name]: setAt((data as { readonly [key: string]: unknown } | undefined)?.[name], rest, value, setting) };
}
