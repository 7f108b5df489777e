import { meant } from '../core/params/closest.js';
import { ruleNames } from '../rules/ruleFromJSON.js';
import { InvalidArgumentError } from '../vendor/commander.js';
import { parseNumber } from './settings.js';

/** Parses an integer of at least `least`, for commander. */
export const integerOption =
  (least: number) =>
  (text: string): number => {
    const value = parseNumber(text);
    const exact = value !== undefined && value > Number.MAX_SAFE_INTEGER ? ` and at most ${Number.MAX_SAFE_INTEGER}` : '';
    if (value === undefined || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`It must be an integer ≥ ${least}${exact}.`);
    return value;
  };

/** Parses a number of images, or a share of them, for commander. */
export const holdoutOption = (text: string): number => {
  const value = parseNumber(text);
  if (value === undefined || value <= 0 || (value >= 1 && !Number.isSafeInteger(value)))
    throw new InvalidArgumentError('It must be an integer ≥ 1, or a share of the images between 0 and 1.');
  return value;
};

/** Parses a finite number, for commander. */
export const numberOption = (text: string): number => {
  const value = parseNumber(text);
  if (value === undefined) throw new InvalidArgumentError('It must be a number.');
  return value;
};

/** Parses a positive number, for commander. */
export const positiveOption = (text: string): number => {
  const value = numberOption(text);
  if (value <= 0) throw new InvalidArgumentError('It must be a number > 0.');
  return value;
};

/** Parses seconds, 0 or more, for commander. */
export const secondsOption = (text: string): number => {
  const value = numberOption(text);
  if (value < 0) throw new InvalidArgumentError('It must be a number ≥ 0.');
  return value;
};

/** The name of a file or folder: never nothing, which would stand for the present folder. */
export const pathOption = (text: string): string => {
  if (text.trim() === '') throw new InvalidArgumentError('It must name a file or folder.');
  return text;
};

/** The name of a rule, for commander; what they all end in may be left out: `pair` for `pairStdp`. */
export const ruleOption = (text: string): string => {
  const found = [text, `${text}Stdp`, `${text}Rule`].find((name) => ruleNames.includes(name));
  if (found !== undefined) return found;
  if (text.endsWith('Winners')) throw new InvalidArgumentError('Rules by winners learn from whole stimuli: they have no window.');
  throw new InvalidArgumentError(`Allowed choices are ${ruleNames.join(', ')}.${meant(text, ruleNames)}`);
};

/** Collects an option that may be given several times. */
export const collect = (text: string, before: readonly string[]): readonly string[] => [...before, text];
