import { chain, isLeft, left, right } from 'fp-ts/lib/Either.js';
import { pipe } from 'fp-ts/lib/function.js';
import { type BackendName, backendNames } from '../backends/useBackend.js';
import { refuse, type Validated } from '../core/errors.js';
import { isListOf } from '../core/lists.js';
import {
  aRecord,
  aText,
  type Check,
  check,
  either,
  flag,
  integerFrom,
  oneOf,
  optional,
  scalar,
  validateParams,
} from '../core/params/validation.js';
import { isRecord } from '../core/trees.js';
import { aHoldout, type DataReading, readingChecks } from '../data/files/reading.js';
import { aControl, type Control } from '../networks/latency/control/control.js';
import { type PresetName, presets } from '../papers/presets.js';

/** Numbers between two, of which random draws are made. */
export interface Range {
  readonly from: number;
  readonly to: number;
  /** Whether they, or their logarithms, are drawn evenly. Default 'linear'. */
  readonly scale?: 'linear' | 'log';
  /** Whether they are rounded. Default false. */
  readonly integer?: boolean;
}

/** The values that a parameter takes. */
export type Values = readonly unknown[] | Range;

/**
 * Many runs as plain data: every setting with every seed.
 *
 * @property label     and `grey`, `times`: how it is read.
 */
export interface SweepSpec extends DataReading {
  /** What pictures call it. Default: the network's. */
  readonly name?: string;
  /** The preset to start from, where no `network` is given. */
  readonly preset?: PresetName;
  /** A network of one's own, of the kind `kind`, where no `preset` is given. */
  readonly network?: object;
  /** Kind of `network`. Default 'latency'. */
  readonly kind?: 'latency' | 'competitive';
  /** Neurons of a competitive preset. Default: its own. */
  readonly neurons?: number;
  /** File or folder of images, as `loadData` takes it. Default: the embedded digits, drawn by the seed of each run. */
  readonly data?: string;
  /** The first so many images to train on. Default: all. */
  readonly train?: number;
  /** Test on the last so many training images, or that share of them below 1; default 0: on the test images. */
  readonly holdout: number;
  /** A list, or how many: 1 … n. Default 1. */
  readonly seeds: readonly number[];
  /** Values by the path of the parameter: `{ 'layers.0.threshold': [20, 25, 30] }`. Default: none. */
  readonly set: { readonly [path: string]: Values };
  /**
   * `'grid'`: every value with every other. `'zip'`: the first values together, then the second ones, and so on. `'random'`: as many
   * draws of all parameters as `draws` says, from a list or a range. Default 'grid'.
   */
  readonly mode: 'grid' | 'zip' | 'random';
  /** Number of random draws. */
  readonly draws?: number;
  /** Seed of random draws. Default 1. */
  readonly drawSeed: number;
  /** A control to test at as many spikes: `'shuffled'` inside each map (or true), or `'random'`. Default false: none. */
  readonly control: Control;
  /** Where to compute. Default 'wasm'. */
  readonly backend: BackendName;
  /** Which run folders stay: `'none'`, that of the `'best'` run, `'all'`. Default 'none'. */
  readonly keep: 'none' | 'best' | 'all';
}

const where = 'sweep';

const defaults: SweepSpec = {
  holdout: 0,
  seeds: [1],
  set: {},
  mode: 'grid',
  drawSeed: 1,
  control: false,
  backend: 'wasm',
  keep: 'none',
};

const seedList: Check = check('a list of different integers ≥ 0, not empty', (value) => {
  const isSeed = (seed: unknown) => !isLeft(integerFrom(0)(seed));
  return isListOf(value, isSeed) && value.length > 0 && new Set(value).size === value.length;
});

const checks = {
  name: optional(aText),
  preset: optional(oneOf(...Object.keys(presets))),
  network: optional(aRecord),
  kind: optional(oneOf('latency', 'competitive')),
  neurons: optional(integerFrom(1)),
  data: optional(check('the name of a file or folder', (value) => typeof value === 'string' && value.trim() !== '')),
  train: optional(integerFrom(1)),
  ...readingChecks,
  holdout: aHoldout,
  seeds: either(integerFrom(1, 1e6), seedList),
  set: aRecord,
  mode: oneOf('grid', 'zip', 'random'),
  draws: optional(integerFrom(1, 1e6)),
  drawSeed: integerFrom(0),
  control: aControl,
  backend: oneOf(...backendNames),
  keep: oneOf('none', 'best', 'all'),
};

/** The names of all fields of a spec. */
export const sweepFields: readonly string[] = Object.keys(checks);

/**
 * The complete spec of a sweep, its own fields checked; the networks that it asks for are checked when it is planned.
 *
 * @returns `Left` of the first problem, which names the field: `sweep: seeds must be …`.
 * @example
 * orThrow(validateSweepSpec({ preset: 'digits', seeds: 2 })).seeds;   // => [1, 2]
 */
export const validateSweepSpec = (json: unknown): Validated<SweepSpec> =>
  pipe(
    validateParams<SweepSpec>(where, defaults, json as Partial<SweepSpec>, checks, 'spec'),
    chain((spec) => checkNetwork(spec)),
    chain((spec) => checkValues(spec)),
    chain((spec) => checkMode({ ...spec, seeds: seedsOf(spec.seeds) })),
  );

const seedsOf = (seeds: readonly number[] | number): readonly number[] =>
  typeof seeds === 'number' ? Array.from({ length: seeds }, (_, index) => index + 1) : seeds;

function checkNetwork(spec: SweepSpec): Validated<SweepSpec> {
  const { preset, network, kind, neurons } = spec;
  if ((preset === undefined) === (network === undefined))
    return refuse(
      where,
      'preset',
      `or network must say what is trained, one of them; presets are ${Object.keys(presets).join(', ')}`,
    );
  if (preset !== undefined && kind !== undefined) return refuse(where, 'kind', 'goes with network; a preset has its own');
  const scalable = preset !== undefined && 'neurons' in presets[preset];
  if (neurons !== undefined && !scalable) return refuse(where, 'neurons', 'is for presets of a competitive layer');
  return right(spec);
}

function checkValues(spec: SweepSpec): Validated<SweepSpec> {
  for (const [path, values] of Object.entries<unknown>(spec.set)) {
    const field = `set.${path}`;
    if (path.split('.').some((name) => name.trim() === ''))
      return refuse(where, field, 'must be a path such as layers.0.threshold');
    if (Array.isArray(values) && values.length > 0) continue;
    if (!isRecord(values)) return refuse(where, field, 'must be a list of values, or a range { from, to } of random draws');
    if (spec.mode !== 'random') return refuse(where, field, `is a range, which is for mode 'random'; give a list`);
    const range = validateRange(field, values);
    if (isLeft(range)) return left(range.left);
  }
  return right(spec);
}

function validateRange(field: string, given: object): Validated<object> {
  const table = { from: scalar, to: scalar, scale: optional(oneOf('linear', 'log')), integer: optional(flag) };
  return pipe(
    validateParams<Range>(`${where}: ${field}`, given as Range, given, table),
    chain((range) => {
      if (range.from >= range.to) return refuse(where, field, 'must have from < to');
      return range.scale === 'log' && range.from <= 0
        ? refuse(where, field, 'must have from > 0 on a logarithmic scale')
        : right(range);
    }),
  );
}

function checkMode(spec: SweepSpec): Validated<SweepSpec> {
  const { mode, draws, set } = spec;
  if (mode === 'random' && draws === undefined) return refuse(where, 'draws', "must say how many draws mode 'random' makes");
  if (mode !== 'random' && draws !== undefined) return refuse(where, 'draws', "is for mode 'random'");
  const lengths = Object.entries(set).map(([path, values]) => [path, (values as readonly unknown[]).length] as const);
  const [first, ...others] = lengths;
  const odd = mode === 'zip' ? others.find(([, length]) => length !== first?.[1]) : undefined;
  if (odd === undefined) return right(spec);
  return refuse(
    where,
    `set.${odd[0]}`,
    `has ${odd[1]} values, ${first?.[0]} has ${first?.[1]}: mode 'zip' takes as many of each`,
  );
}
