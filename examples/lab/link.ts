import { useCallback, useEffect, useState } from 'preact/hooks';
import { defaultPace } from './network/pace.js';

/** The panels by the names that links know them by. */
export const panelNames = ['fields', 'window', 'draw', 'circuit', 'events'] as const;
export type PanelName = (typeof panelNames)[number];

/**
 * What a link restores.
 *
 * @property pace    images a second, `Infinity` for as fast as possible.
 * @property circuit  as JSON; undefined: the one that the panel begins with.
 * @property learns   whether its synapses do.
 * @property params  parameters of the rule that differ from its defaults, by their path: `tauPre`, `kernelPost.eta`.
 * @property wrong   what the address says and can't be: the defaults hold instead.
 */
export interface Link {
  readonly panel: PanelName;
  readonly seed: number;
  readonly pace: number;
  readonly rule: string;
  readonly params: { readonly [path: string]: string };
  readonly w0: number | undefined;
  readonly reward: number;
  readonly range: number;
  readonly circuit: string | undefined;
  readonly learns: boolean;
  readonly wrong: readonly string[];
}

const defaults: Link = {
  panel: 'fields',
  seed: 1,
  pace: defaultPace,
  rule: 'pairStdp',
  params: {},
  w0: undefined,
  reward: 1,
  range: 100,
  circuit: undefined,
  learns: false,
  wrong: [],
};

/** The link that a URL's hash stands for; what it doesn't say or says wrongly is the default, and what is wrong is told. */
export function parseLink(hash: string): Link {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const wrong: string[] = [];
  /** What an entry says, where it is there and can be read. */
  const told = <T>(name: string, what: string, read: (text: string) => T | undefined): T | undefined => {
    const text = given.get(name);
    const value = text === null ? undefined : read(text);
    if (text !== null && value === undefined) wrong.push(`${name}=${text} is no ${what}`);
    return value;
  };
  const number = (name: string): number | undefined => told(name, 'number', finite);
  return {
    panel: told('panel', 'panel', (text) => panelNames.find((name) => name === text)) ?? defaults.panel,
    seed: told('seed', 'integer of 0 or more', (text) => wholeFrom0(finite(text))) ?? defaults.seed,
    pace: told('pace', 'pace', (text) => (text === 'max' ? Number.POSITIVE_INFINITY : positive(finite(text)))) ?? defaults.pace,
    rule: given.get('rule') ?? defaults.rule,
    params: Object.fromEntries(
      [...given].filter(([name]) => name.startsWith('p.')).map(([name, value]) => [name.slice(2), value]),
    ),
    w0: number('w'),
    reward: number('reward') ?? defaults.reward,
    range: told('range', 'number above 0', (text) => positive(finite(text))) ?? defaults.range,
    circuit: given.get('circuit') ?? defaults.circuit,
    learns: given.has('learns'),
    wrong,
  };
}

const finite = (text: string): number | undefined => (text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined);

const wholeFrom0 = (value: number | undefined): number | undefined =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : undefined;

const positive = (value: number | undefined): number | undefined => (value !== undefined && value > 0 ? value : undefined);

/** The hash that stands for a link, without what is as by default. */
export function formatLink({ panel, seed, pace, rule, params, w0, reward, range, circuit, learns }: Link): string {
  const told: readonly (readonly [string, string, boolean])[] = [
    ['panel', panel, true],
    ['seed', String(seed), true],
    ['pace', pace === Number.POSITIVE_INFINITY ? 'max' : String(pace), pace !== defaults.pace],
    ['rule', rule, rule !== defaults.rule],
    ['w', String(w0), w0 !== undefined],
    ['reward', String(reward), reward !== defaults.reward],
    ['range', String(range), range !== defaults.range],
    ['learns', '', learns],
    ['circuit', String(circuit), circuit !== undefined],
    ...Object.entries(params).map(([path, value]) => [`p.${path}`, value, true] as const),
  ];
  return `#${new URLSearchParams(told.filter(([, , tell]) => tell).map(([name, value]) => [name, value]))}`;
}

/** The link of this page, kept in its address. */
export function useLink(): readonly [Link, (change: Partial<Link>) => void] {
  const [link, setLink] = useState(() => parseLink(location.hash));
  useEffect(() => {
    const restore = () => setLink(parseLink(location.hash));
    addEventListener('hashchange', restore);
    return () => removeEventListener('hashchange', restore);
  }, []);
  useEffect(() => history.replaceState(null, '', formatLink(link)), [link]);
  return [link, useCallback((change) => setLink((before) => ({ ...before, wrong: [], ...change })), [])];
}
