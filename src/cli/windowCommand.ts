import { writeFile } from 'node:fs/promises';
import { useBackend } from '../backends/useBackend.js';
import { StdpError } from '../core/errors.js';
import { lineChart } from '../io/plots.js';
import { ruleFromJSON } from '../rules/ruleFromJSON.js';
import { stdpWindow } from '../rules/stdpWindow.js';
import { applySettings } from './options.js';

/** The options of `stdp window`, parsed. */
export interface WindowOptions {
  readonly rule: string;
  readonly set: readonly string[];
  readonly range: number;
  readonly weight: number;
  readonly out: string;
  readonly json?: true;
}

/** Draws Δw against Δt = t_post − t_pre of a rule, by simulation. */
export async function windowCommand({ rule: name, set, range, weight, out, json }: WindowOptions): Promise<number> {
  const rule = ruleFromJSON({ rule: name, params: applySettings({}, set), topology: { type: 'dense' } });
  const { dt = 1 } = rule.params as { readonly dt?: number };
  await useBackend('cpu');
  const { times, changes } = await stdpWindow(rule, { range, dt, w0: weight });
  const points = Array.from(times, (time, index) => [time, changes[index] ?? 0] as const);
  const svg = lineChart({
    title: `STDP window of ${name}`,
    xLabel: 'Δt = t_post − t_pre (ms)',
    yLabel: 'Δw',
    series: [{ name, points }],
  });
  await writeFile(out, svg).catch((reason: unknown) => {
    throw new StdpError('stdp window', out, `can't be written: ${reason instanceof Error ? reason.message : String(reason)}`);
  });
  if (json) console.log(JSON.stringify({ rule: rule.toJSON(), points, out }));
  else console.log(`The window of ${name} for |Δt| ≤ ${range} ms: ${out}`);
  return 0;
}
