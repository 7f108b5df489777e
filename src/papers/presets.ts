import { frozen } from '../core/frozen.js';
import { diehlCook2015 } from './diehlCook2015.js';
import { fashion, fashionNcg } from './fashion.js';
import { digits, quick, spikes, wide } from './gridReadout.js';
import { kheradpisheh2018 } from './kheradpisheh2018.js';
import { ncg } from './ncg.js';
import { nmnist } from './nmnist.js';
import type { Preset } from './preset.js';
import { table } from './table.js';
import { vote } from './vote.js';

/** Every preset by name. */
export const presets = frozen({
  digits,
  quick,
  spikes,
  wide,
  ncg,
  vote,
  kheradpisheh2018,
  diehlCook2015,
  fashion,
  fashionNcg,
  nmnist,
  table,
} as const satisfies {
  readonly [name: string]: Preset;
});

/** The name of a preset. */
export type PresetName = keyof typeof presets;
