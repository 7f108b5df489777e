import { StdpError } from '../core/errors.js';
import { setAt } from '../core/setAt.js';
import { show } from '../core/show.js';

/** A decimal number, as people write one; not `0x10`, not a space. */
const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** Numbers that have no digits. */
const named: readonly string[] = ['NaN', 'Infinity', '-Infinity'];

/**
 * The number that a text is; undefined when it is none, or when none is near it: `1e999` is not Infinity, `1e-999` not 0.
 *
 * @example
 * [parseNumber('1e3'), parseNumber('0x10'), parseNumber('1e999')];   // => [1000, undefined, undefined]
 */
export function parseNumber(text: string): number | undefined {
  if (!decimal.test(text)) return undefined;
  const value = Number(text);
  const vanished = value === 0 && /[1-9]/.test(text.replace(/e.*/i, ''));
  return Number.isFinite(value) && !vanished ? value : undefined;
}

/** A setting as it stands on the command line: where it goes, and the text of the value. */
interface Setting {
  readonly path: readonly string[];
  readonly text: string;
  readonly whole: string;
}

const refusal = ({ whole }: Setting, problem: string): StdpError => new StdpError('stdp', '--set', `${show(whole)}: ${problem}`);

/** `path=value`, spaces around both left out. */
function parseSetting(whole: string): Setting {
  const at = whole.indexOf('=');
  if (at < 1) throw new StdpError('stdp', '--set', `needs name=value, got ${whole}`);
  const setting = { path: whole.slice(0, at).trim().split('.'), text: whole.slice(at + 1).trim(), whole };
  if (setting.path.some((name) => name === '' || name !== name.trim())) throw refusal(setting, 'a name is missing before =');
  if (setting.text === '') throw refusal(setting, 'a value is missing behind =');
  return setting;
}

/**
 * A copy of plain data with `--set` settings applied: `layers.0.threshold=20`. New names are added where a record
 * stands, so that validation can name them; an index must exist.
 *
 * A value is a number where it is written as one (NaN and Infinity too), JSON where it begins as JSON, else text. Where text
 * stands already it stays text, and where that begins with the name of its parameter (`dw = x1 * y0`) the whole setting is the value.
 *
 * @throws {StdpError} that shows the setting and says what is wrong with it.
 */
export const applySettings = <T>(data: T, settings: readonly string[]): T =>
  settings.map(parseSetting).reduce<T>((changed, setting) => {
    const refuse = (problem: string): never => {
      throw refusal(setting, problem);
    };
    return setAt(changed, setting.path, (present) => settingValue(setting, present), refuse) as T;
  }, data);

/** The value of a setting in the place of a present one. */
function settingValue(setting: Setting, present: unknown): unknown {
  const { text, path } = setting;
  if (typeof present === 'string' && !text.startsWith('"')) {
    const formula = formulaOf(path.at(-1) ?? '');
    return formula.test(present) && !formula.test(text) ? setting.whole.trim() : text;
  }
  if (named.includes(text)) return Number(text);
  if (decimal.test(text)) {
    const value = parseNumber(text);
    if (value === undefined) throw refusal(setting, `${text} is beyond what a number can hold`);
    return value;
  }
  return /^["[{]|^(?:true|false|null)$/.test(text) ? parseJson(setting) : text;
}

/** A text that begins with its own name, as in `dw = x1 * y0`. */
const formulaOf = (name: string): RegExp => new RegExp(`^${name.replaceAll(/\W/g, '\\$&')}\\s*=`);

function parseJson(setting: Setting): unknown {
  try {
    return JSON.parse(setting.text, (_, value: unknown) => {
      if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError();
      return value;
    });
  } catch (reason) {
    throw refusal(setting, reason instanceof RangeError ? 'holds a number beyond what can be held' : 'is not complete JSON');
  }
}
