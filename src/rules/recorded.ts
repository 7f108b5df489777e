import type { Numeric } from '../core/params/validation.js';
import type { TraceConstants } from '../kernels/constants.js';
import type { Instruction, Program, ProgramTerm, SynapseTrace } from '../kernels/tensors/program/program.js';
import type { TraceParams } from '../traces/traceParams.js';
import { traceConstants } from '../traces/unchecked/exponentialTrace.js';
import type { Activities, ActivityStep, Part, Values } from './activities.js';

type Side = 'pre' | 'post';

/** What a program needs besides the step itself. */
export interface Recording<Name extends string> {
  readonly step: ActivityStep<Name>;
  /** Which layer each part of the state is about. */
  readonly sides: Values<Side, Name>;
  readonly readsVoltage: boolean;
  /** Traces of synapses that the parts feed, in place of the weights. */
  readonly synapses?: {
    readonly reads: 'previous' | 'present';
    readonly traces: readonly (Omit<SynapseTrace, 'terms'> & { readonly parts: readonly number[] })[];
  };
}

/** A number that differs between neurons: there is no program for it. */
class NotOneNumber extends Error {}

/**
 * The program of a rule's step for the kernels: the step is run once on registers, and what it asks for is written down. `undefined` where
 * a parameter differs between neurons.
 */
export function recorded<Name extends string>(recording: Recording<Name>): Program | undefined {
  try {
    return recordedProgram(recording);
  } catch (reason) {
    if (reason instanceof NotOneNumber) return undefined;
    throw reason;
  }
}

function recordedProgram<Name extends string>({ step, sides, readsVoltage, synapses }: Recording<Name>): Program {
  const layers: Side[] = [];
  const instructions: Instruction[] = [];
  const register = (side: Side): number => layers.push(side) - 1;
  const names = Object.keys(sides) as Name[];
  const inputs = { pre: register('pre'), post: register('post'), ...(readsVoltage && { voltage: register('post') }) };
  const before = Object.fromEntries(names.map((name) => [name, register(sides[name])])) as Values<number, Name>;
  const { parts, next } = step(recorder(layers, instructions), inputs, before);
  const terms = parts.map(termOf);
  return {
    sides: layers,
    inputs,
    state: names.map((name) => ({ name, before: before[name], after: next[name] })),
    instructions,
    terms: synapses === undefined ? terms : [],
    synapses:
      synapses?.traces.map(({ parts, ...trace }) => ({ ...trace, terms: terms.filter((_, i) => parts.includes(i)) })) ?? [],
    reads: synapses?.reads ?? 'present',
  };
}

const termOf = ({ rate, pre, post }: Part<number>): ProgramTerm => ({ rate: oneNumber(rate), pre, post });

/** Operations that write themselves down. A result belongs to the layer of what it is made of. */
function recorder(layers: Side[], instructions: Instruction[]): Activities<number> {
  /** The register of what an operation gives, `made`. */
  const result = (like: number, made: (out: number) => Instruction): number => {
    const side = layers[like];
    if (side === undefined) throw new RangeError(`there is no register ${like}`);
    const out = layers.push(side) - 1;
    instructions.push(made(out));
    return out;
  };
  const trace = (a: number, b: number, constants: TraceConstants): number =>
    result(a, (out) => ({ op: 'trace', out, a, b, ...constants }));
  /** a·decay + b·height. */
  const sum = (a: number, decay: number, b: number, height: number) => trace(a, b, { decay, height, nearest: false });
  const filled = (like: number, value: number): number => result(like, (out) => ({ op: 'filled', out, value }));
  return {
    trace: (x, spikes, params) => trace(x, spikes, constantsOf(params)),
    decayed: (x, params) => sum(x, constantsOf(params).decay, x, 0),
    spiked: (x, spikes, params) => trace(x, spikes, { ...constantsOf(params), decay: 1 }),
    filtered: (x, u, params) => {
      const { decay } = constantsOf(params);
      return sum(x, decay, u, 1 - decay);
    },
    product: (a, b) => result(a, (out) => ({ op: 'product', out, a, b })),
    rectified: (a, given) => {
      const threshold = oneNumber(given);
      return result(a, (out) => ({ op: 'rectified', out, a, threshold }));
    },
    affine: (a, factor, offset) => sum(a, factor, filled(a, offset), 1),
    filled: (like, value) => filled(like, oneNumber(value)),
    negative: (rate) => -oneNumber(rate),
  };
}

function oneNumber(value: Numeric): number {
  if (typeof value !== 'number') throw new NotOneNumber();
  return value;
}

function constantsOf(params: TraceParams): TraceConstants {
  const constants = traceConstants(params);
  if (constants === undefined) throw new NotOneNumber();
  return constants;
}
