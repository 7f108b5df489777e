import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenNames } from '../golden/load.js';

const folder = resolve(import.meta.dirname, '../golden');
const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const);

const matches = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, found = '']) => found);

/** Beginnings of names whose cases are all compared. */
const whole = texts.flatMap(([, text]) => matches(text, /goldenCases\('([^']+)'\)(?!\s*\.filter)/g));
/** The same of families; what is set apart there must stand in a spec by its name, or be compared in another way. */
const families = texts.flatMap(([, text]) => matches(text, /\bcases(?::| =) '([^']+)'/g));
const apart = texts.flatMap(([, text]) =>
  matches(text, /\bapart(?::| =) \[([^\]]+)\]/g).flatMap((list) => matches(list, /'([^']+)'/g)),
);
/** Names that a spec loads one by one. */
const loaded = new Set(
  texts
    .filter(([file]) => file.endsWith('.spec.ts'))
    .flatMap(([, text]) => [...matches(text, /goldenCase\('([^']+)'\)/g), ...matches(text, /[[,] ?'(\w+__\w+)'(?=[\],])/g)]),
);

/** Where a peer is wrong and its record with it: what we compute instead, in the title of a test. */
const defects: { readonly [name: string]: RegExp } = {
  norse_stdp_linear__pow_outofrange_nan: /0 beyond a bound, in place of the NaN that Norse keeps/,
  norse_stdp_sensor_step__0: /its own time constant \(the peer never reads tau_ac_inv\)/,
  inferno_triplet__undelayed_int: /triplets with delays and `delayed`: the peer .* crashes/,
  inferno_stdp_conv__k3_cumulative: /convolutions learn as shipped: the pattern of the peer raises/,
  inferno_fn__bounding: /full %s bounds work \(Inferno hands the exponent over wrongly and crashes\)/,
  inferno_homeostasis__weight_scalar: /lowers the weights of an overactive output, where Inferno raises them/,
  pysnn_fede__zero_trace_nan: /silence keeps the weights \(the peer divides 0 by 0\)/,
  pysnn_fede__conv_scrambled: /every weight averages its own traces \(the peer mixes the axes/,
  pysnn_mstdpet__conv: /forward sums receptive fields \(the peer folds .* is scrambled\)/,
  pysnn_neuron__if_refrac_never_ends: /the peer counts past 0 and is silent for ever/,
  pysnn_delay__tensor: /the peer loses a spike when another follows/,
  spyketorch_encode__0: /the remainder dropped as in the peer/,
  spikeseg_batch_update__mask: /the peer: always soft, shifted at the top and left/,
  spikeseg_receptive_field__0: /wholly outside is an error, as the page of the peer promises/,
  spikeseg_convergence_tracker__0: /keep a map from converging \(the peer ignores them\)/,
};

describe('the golden cases', () => {
  it('are all compared with by some spec', () => {
    const unused = goldenNames.filter((name) => {
      const begins = (prefix: string) => name.startsWith(prefix);
      return !whole.some(begins) && !(families.some(begins) && !apart.includes(name)) && !loaded.has(name);
    });
    expect(unused).toEqual([]);
    expect(goldenNames.length).toBeGreaterThanOrEqual(267);
  });

  it('are what the specs speak of: no prefix and no name leads nowhere', () => {
    expect([...whole, ...families].filter((prefix) => !goldenNames.some((name) => name.startsWith(prefix)))).toEqual([]);
    expect(apart.filter((name) => !goldenNames.includes(name))).toEqual([]);
  });

  it.each(Object.entries(defects))('%s records a defect, and a test says what is right', (name, title) => {
    expect(goldenNames).toContain(name);
    const titles = texts.flatMap(([, text]) => matches(text, /(?:it|describe)(?:\.each\([\s\S]*?\))?\(\s*(['"`].*)/g));
    expect(
      titles.some((written) => title.test(written)),
      `no test is named ${title}`,
    ).toBe(true);
  });
});
