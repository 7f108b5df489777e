import { StdpError } from '../../core/errors.js';
import { type KindOption, kindOptions, type NetworkKind } from '../../io/kinds/networkKind.js';
import { kindOf, type Run } from '../../io/kinds/networkKinds.js';
import { presets } from '../../papers/presets.js';

/** Throws when an option is for networks of other kinds. @param name  of the network, for messages. */
export function refuseOptions(
  kind: NetworkKind<Run>,
  name: string,
  options: { readonly [Option in KindOption]?: unknown },
): void {
  const foreign = kindOptions.find((option) => options[option] !== undefined && !kind.options.includes(option));
  if (foreign === undefined) return;
  throw new StdpError('stdp', `--${foreign}`, `is not for ${name}, but for ${presetsThatTake(foreign).join(', ')}`);
}

const presetsThatTake = (option: KindOption): readonly string[] =>
  Object.entries(presets).flatMap(([name, preset]) => (kindOf(preset).options.includes(option) ? [name] : []));
