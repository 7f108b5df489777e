import type { ParamSchema, Params, ParamValue, RuleSchema } from './protocol.js';

/** How a parameter is called in a link. */
export const pathOf = ({ path }: ParamSchema): string => path.join('.');

/** A parameter's value: from the link, where it says one of the right kind, else the default. */
export function paramValue(param: ParamSchema, told: { readonly [path: string]: string }): ParamValue {
  const text = told[pathOf(param)];
  if (text === undefined) return param.value;
  switch (param.kind) {
    case 'number':
      return text !== '' && !Number.isNaN(Number(text)) ? Number(text) : param.value;
    case 'flag':
      return text === 'true';
    case 'choice':
      return param.choices.includes(text) ? text : param.value;
    case 'text':
      return text;
    default:
      return param satisfies never;
  }
}

/** Whether the text in a link is a value that the parameter takes. */
export const saysValue = (param: ParamSchema, text: string): boolean =>
  String(paramValue(param, { [pathOf(param)]: text })) === text ||
  (param.kind === 'number' && text !== '' && !Number.isNaN(Number(text)));

/** The whole record of parameters, kernels as records in it. */
export const paramsOf = ({ params }: RuleSchema, told: { readonly [path: string]: string }): Params =>
  params.reduce<Params>((record, param) => withValue(record, param.path, paramValue(param, told)), {});

/** The parameters with one of them changed. */
export function withValue(params: Params, [name = '', part]: readonly string[], value: ParamValue): Params {
  if (part === undefined) return { ...params, [name]: value };
  const inner = params[name];
  return { ...params, [name]: { ...(typeof inner === 'object' ? inner : {}), [part]: value } };
}

/** What is told in a link: only what differs from the default. */
export function withTold(
  told: { readonly [path: string]: string },
  param: ParamSchema,
  value: ParamValue,
): { readonly [path: string]: string } {
  const { [pathOf(param)]: _, ...others } = told;
  return value === param.value ? others : { ...others, [pathOf(param)]: String(value) };
}

/** Between which values a slider moves: four times the default, or 0 to 1; the number beside it goes anywhere. */
export function sliderRange({ value, unit }: { readonly value: number; readonly unit: string }): {
  readonly min: number;
  readonly max: number;
  readonly step: number;
} {
  const reach = value === 0 ? (unit === 'ms' ? 20 : 1) : 4 * Math.abs(value);
  const step = 10 ** Math.floor(Math.log10(reach / 50));
  const least = unit === 'ms' && value > 0 ? step : 0;
  return value < 0 ? { min: -reach, max: unit === 'mV' ? reach : 0, step } : { min: least, max: reach, step };
}

/** Parameters of batches, images and delays: one pair of spikes on one synapse does not feel them. */
const unfeltNames: readonly string[] = [
  ...['batchReduction', 'positions', 'normalization', 'traceMode', 'slowTrace', 'tauPreSlow', 'tauPostSlow'],
  ...['etaPostTriplet', 'etaPreTriplet', 'delayed', 'interpolation', 'interpTolerance'],
];

/** Whether one pair of spikes does not feel a parameter of a rule. */
export const isUnfelt = ({ path }: ParamSchema, { learns }: RuleSchema): boolean =>
  unfeltNames.includes(path[0] ?? '') || (path[0] === 'maxDelay' && learns === 'weight');
