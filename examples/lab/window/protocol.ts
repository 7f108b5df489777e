/** One parameter of a rule, as a control shows it. `path` has two names for a part of a kernel. */
export type ParamSchema = {
  readonly path: readonly string[];
  readonly description: string;
  readonly unit: string;
} & (
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'flag'; readonly value: boolean }
  | { readonly kind: 'choice'; readonly value: string; readonly choices: readonly string[] }
  | { readonly kind: 'text'; readonly value: string }
);

/** A rule of the registry. */
export interface RuleSchema {
  readonly name: string;
  readonly summary: string;
  readonly source: string;
  readonly params: readonly ParamSchema[];
  readonly rewarded: boolean;
  /** What the rule changes, and between which bounds its control lies. */
  readonly learns: 'weight' | 'delay';
}

/** A rule's parameters; those of kernels are records. */
export type Params = { readonly [name: string]: ParamValue | { readonly [name: string]: ParamValue } };
export type ParamValue = number | boolean | string;

/** The window that is asked for. */
export interface WindowRequest {
  readonly rule: string;
  readonly params: Params;
  readonly w0: number;
  readonly reward: number;
  readonly range: number;
}

/** How a closed form stands to the simulation: in words, and its values where there are any. */
export interface FormulaCurve {
  readonly text: string;
  readonly changes: Float64Array | undefined;
}

/** What comes back: the rules once, then an answer for each request. */
export type WindowReply =
  | { readonly type: 'rules'; readonly rules: readonly RuleSchema[] }
  | {
      readonly type: 'window';
      readonly times: Float32Array;
      readonly changes: Float32Array;
      readonly formula: FormulaCurve;
    }
  | { readonly type: 'refused'; readonly message: string };
