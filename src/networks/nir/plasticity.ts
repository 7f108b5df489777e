import * as tf from '@tensorflow/tfjs-core';
import { ensure, inName, inNameLater } from '../../core/errors.js';
import { nothingMore } from '../../core/params/validation.js';
import { show } from '../../core/show.js';
import { isRecord } from '../../core/trees.js';
import { recordFromArrays, recordToArrays, tensorFromArray, tensorToArray } from '../../formats/arrays/arrayTensors.js';
import { checkedGraph } from '../../formats/nir/checkedGraph.js';
import { isFileArray, isGraph, type NirGraph, type NirNode, type NirRecord } from '../../formats/nir/nirGraph.js';
import type { Rule, RuleJSON } from '../../rules/rule.js';
import { ruleFromJSON } from '../../rules/ruleFromJSON.js';
import { placeOf } from './flatGraph.js';

/** What weights learn by: the rule, what it remembers (none before the first step), and the weights in the shape of its topology. */
export interface NirPlasticity {
  readonly rule: Rule<object>;
  readonly state?: { readonly [field: string]: tf.Tensor };
  readonly w: tf.Tensor;
}

/** The name under which it lies in a node's metadata, and the version of the profile. */
export const [profile, version] = ['tfjs-stdp', '1'];

/** What a node's metadata say of its plasticity. @throws {StdpError} (as a rejection) when a parameter can't be written. */
export async function plasticityRecord(
  w: tf.Tensor,
  rule: Rule<object>,
  state: object | undefined,
  where: string,
  argument: string,
): Promise<NirRecord> {
  const { rule: name, params, topology } = inName(where, () => rule.toJSON());
  const fields = state === undefined ? undefined : Object.entries(state).filter(([, tensor]) => tensor !== undefined);
  const arrays = fields && (await inNameLater(where, () => recordToArrays(Object.fromEntries(fields))));
  for (const [field, { dtype }] of Object.entries(arrays ?? {}))
    ensure(
      dtype !== 'bool',
      where,
      `${argument}.state.${field}`,
      () => 'holds truth values, which HDF5 has no type for: make them float32',
    );
  return {
    [profile]: {
      version,
      rule: name,
      params: JSON.stringify(params),
      topology: JSON.stringify(topology),
      w: await tensorToArray(w),
      ...(arrays && { state: arrays }),
    },
  };
}

/**
 * What the weights of a graph learn by: by the names of their nodes (of graphs within graphs `inner/node`), those whose `metadata/tfjs-stdp`
 * follow the profile in NIR.md. They go on bit for bit; the tensors are yours.
 *
 * @throws {StdpError} that names the place, when metadata of that name follow another profile, or a rule, parameter or array is refused.
 * @example
 * const rule = pairStdp({ etaPlus: 0.1, integration: 'exact' });
 * const [w, state] = rule.step({ pre: [1, 0], post: [1] }, tf.fill([2, 1], 0.5), rule.init({ pre: [2], post: [1] }));
 * const graph = await nirFromLayers([{ w, rule, state }], { inputShape: [2], dt: 0.001, unit: 's' });
 * const { weights_0 } = plasticityFromNir(graph);
 * [weights_0.rule.name, weights_0.w.shape, weights_0.state];   // => ['pairStdp', [2, 1], { tPre: [1, 0], tPost: [1] }]
 */
export function plasticityFromNir(graph: NirGraph, ...more: readonly never[]): { readonly [node: string]: NirPlasticity } {
  const where = 'plasticityFromNir';
  nothingMore(more, where, 'plasticityFromNir(graph)');
  const made: NirPlasticity[] = [];
  try {
    const entries = learningNodes(checkedGraph(graph, where)).map(([name, record]) => {
      const plasticity = plasticityOf(record, where, placeOf(name));
      made.push(plasticity);
      return [name, plasticity] as const;
    });
    return Object.fromEntries(entries);
  } catch (reason) {
    for (const { w, state } of made) tf.dispose([w, state ?? {}]);
    throw reason;
  }
}

/** The nodes that tell of plasticity, by name. */
function learningNodes(graph: NirGraph, prefix = ''): readonly (readonly [string, NirRecord])[] {
  return Object.entries(graph.nodes).flatMap(([name, node]) => {
    const inner = isGraph(node) ? learningNodes(node, `${prefix}${name}/`) : [];
    const record = isGraph(node) ? undefined : (node as NirNode).metadata?.[profile];
    return isRecord(record) && !isFileArray(record) ? [[`${prefix}${name}`, record as NirRecord] as const, ...inner] : inner;
  });
}

function plasticityOf(record: NirRecord, where: string, place: string): NirPlasticity {
  const require = (condition: boolean, problem: () => string) =>
    ensure(condition, where, 'graph', () => `has ${place}/metadata/${profile}, ${problem()}`);
  const { version: told, rule, w, state } = record;
  require(told === version, () => `of version ${show(told)}, read is "${version}"`);
  require(isFileArray(w), () => 'without the array w');
  require(state === undefined || (isRecord(state) && Object.values(state).every(isFileArray)), () =>
    'whose state is no group of arrays');
  const json = (name: string): unknown => {
    const text = record[name];
    try {
      return JSON.parse(String(text));
    } catch {
      require(false, () => `whose ${name} are no JSON: ${show(text)}`);
      return undefined;
    }
  };
  const given = { rule, params: json('params'), topology: json('topology') } as unknown as RuleJSON;
  const made = inName(where, () => ruleFromJSON(given));
  const weights = inName(where, () => tensorFromArray(w as never));
  try {
    return {
      rule: made,
      w: weights,
      ...(state !== undefined && { state: inName(where, () => recordFromArrays(state as never)) }),
    };
  } catch (reason) {
    weights.dispose();
    throw reason;
  }
}
