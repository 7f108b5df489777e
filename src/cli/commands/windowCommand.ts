import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { useBackend } from '../../backends/useBackend.js';
import { StdpError } from '../../core/errors.js';
import { messageOf } from '../../core/show.js';
import { lineChart } from '../../io/plots/plots.js';
import { replaceFile } from '../../io/replaceFile.js';
import { ruleFromJSON } from '../../rules/ruleFromJSON.js';
import { stdpWindow } from '../../window/stdpWindow.js';
import { applySettings } from '../settings.js';
import { printable, say, sayJson } from '../text.js';

/** The options of `stdp window`, parsed. */
export interface WindowOptions {
  readonly rule: string;
  readonly set: readonly string[];
  readonly range: number;
  readonly weight: number;
  readonly reward?: number;
  readonly out?: string;
  readonly json?: true;
}

/** Draws Δw against Δt = t_post − t_pre of a rule, by simulation. Rewards come at the end of each pair. */
export async function windowCommand(options: WindowOptions): Promise<number> {
  const { rule: name, set, range, weight, reward, out, json } = options;
  const ending = extname(out ?? '');
  if (!['', '.svg'].includes(ending.toLowerCase()))
    throw new StdpError('stdp window', '--out', `names a ${ending} file, the drawing is SVG: end it in .svg`);
  const named = (params: object) => ruleFromJSON({ rule: name, params, topology: { type: 'dense' } });
  const rule = named(applySettings(named({}).params, set));
  if (reward !== undefined && !rule.reads.includes('reward')) throw new StdpError('stdp', '--reward', `is not for ${name}`);
  const { dt } = rule.params as { readonly dt?: unknown };
  if (typeof dt === 'number' && range < dt)
    throw new StdpError('stdp window', '--range', `must be at least a step, dt = ${dt} ms: got ${range}`);
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
  const file = out ?? (await freeName(svg));
  await write(file, svg);
  if (changes.every((change) => change === changes[0]))
    process.stderr.write(
      `note: the window is flat, Δw is ${changes[0]} for every Δt: ${name} learns nothing from single pairs\n`,
    );
  if (json) sayJson({ rule: rule.toJSON(), points, out: file });
  else say(`The window of ${name} for |Δt| ≤ ${range} ms: ${printable(file)}`);
  return 0;
}

/** The first of `window.svg`, `window-2.svg` … at which nothing stands, or this drawing. */
async function freeName(svg: string): Promise<string> {
  for (let number = 1; ; number++) {
    const file = number === 1 ? 'window.svg' : `window-${number}.svg`;
    const there = await stat(file).catch(() => undefined);
    if (there === undefined || (there.isFile() && (await readFile(file, 'utf8')) === svg)) return file;
  }
}

/** Writes a drawing where nothing stands, or one that was drawn here: those of other programs stay. */
async function write(file: string, svg: string): Promise<void> {
  const there = await stat(file).catch(() => undefined);
  // Opening a pipe would wait for somebody at its other end.
  if (there?.isFile() === false) throw new StdpError('stdp window', file, "can't be written: it is no file");
  const start = there === undefined ? '' : await readFile(file, 'utf8');
  if (start !== '' && !/^<svg [^>]*class="stdp-plot"/.test(start))
    throw new StdpError('stdp window', file, 'holds something else than a drawing: it stays');
  await replaceFile(file, svg).catch((reason: unknown) => {
    throw new StdpError('stdp window', file, `can't be written: ${messageOf(reason)}`);
  });
}
