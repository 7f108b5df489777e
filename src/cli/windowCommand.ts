import { writeFile } from 'node:fs/promises';
import { useBackend } from '../backends/useBackend.js';
import { StdpError } from '../core/errors.js';
import { messageOf } from '../core/show.js';
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
  readonly reward?: number;
  readonly out: string;
  readonly json?: true;
}

/** Draws Δw against Δt = t_post − t_pre of a rule, by simulation. Rewards come at the end of each pair. */
export async function windowCommand(options: WindowOptions): Promise<number> {
  const { rule: name, set, range, weight, reward, out, json } = options;
  const rule = ruleFromJSON({ rule: name, params: applySettings({}, set), topology: { type: 'dense' } });
  if (reward !== undefined && !rule.reads.includes('reward')) throw new StdpError('stdp', '--reward', `is not for ${name}`);
  await useBackend('cpu');
  const { times, changes } = await stdpWindow(rule, {
    range,
    w0: weight,
    rewardIn: 'lastStep',
    ...(reward !== undefined && { reward }),
  });
  const points = Array.from(times, (time, index) => [time, changes[index] ?? Number.NaN] as const);
  const svg = lineChart({
    title: `STDP window of ${name}`,
    xLabel: 'Δt = t_post − t_pre (ms)',
    yLabel: 'Δw',
    series: [{ name, points }],
  });
  await writeFile(out, svg).catch((reason: unknown) => {
    throw new StdpError('stdp window', out, `can't be written: ${messageOf(reason)}`);
  });
  if (changes.every((change) => change === changes[0]))
    process.stderr.write(
      `note: the window is flat, Δw is ${changes[0]} for every Δt: ${name} learns nothing from single pairs\n`,
    );
  if (json) console.log(JSON.stringify({ rule: rule.toJSON(), points, out }));
  else console.log(`The window of ${name} for |Δt| ≤ ${range} ms: ${out}`);
  return 0;
}
