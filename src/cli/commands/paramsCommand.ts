import { orThrow, StdpError } from '../../core/errors.js';
import { paramsToJSON } from '../../core/params/paramsJson.js';
import { isRecord } from '../../core/trees.js';
import { kindOf } from '../../io/kinds/networkKinds.js';
import { presetNetwork } from '../../papers/presetNetwork.js';
import { type PresetName, presets } from '../../papers/presets.js';
import { ruleFromJSON } from '../../rules/ruleFromJSON.js';
import { say, sayJson } from '../text.js';

/** The options of `stdp params`, parsed. */
export interface ParamsOptions {
  readonly preset?: PresetName;
  readonly rule?: string;
  readonly json?: true;
}

/** Lists the parameters of a preset or a rule as `--set` takes them: `layers.0.threshold=10`. */
export function paramsCommand(options: ParamsOptions): number {
  const params = paramsToJSON('stdp params', paramsOf(options));
  if (options.json) sayJson(params);
  else
    for (const [path, value] of leavesOf(params, [])) say(`${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return 0;
}

function paramsOf({ preset, rule }: ParamsOptions): object {
  if (rule !== undefined) return ruleFromJSON({ rule, params: {}, topology: { type: 'dense' } }).params;
  if (preset === undefined) throw new StdpError('stdp params', '--preset or --rule', 'must say whose parameters');
  const found = presets[preset];
  return orThrow(kindOf(found).validate(presetNetwork(found, undefined, (network) => network)));
}

/** What a tree of records and lists of records holds, by the names on the way. */
function leavesOf(tree: unknown, path: readonly string[]): readonly (readonly [path: string, value: unknown])[] {
  const entries = isRecord(tree) || (Array.isArray(tree) && tree.some(isRecord)) ? Object.entries(tree) : undefined;
  return entries?.flatMap(([name, value]) => leavesOf(value, [...path, name])) ?? [[path.join('.'), tree]];
}
