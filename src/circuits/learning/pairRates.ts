import type { TraceConstants } from '../../kernels/constants.js';
import type { Instruction, Program, ProgramTerm } from '../../kernels/tensors/program/program.js';
import type { PairRates } from './learningPlan.js';

/** The trace of one side of a program. */
export interface ReadTrace {
  readonly trace: TraceConstants;
  readonly isPresent: boolean;
  /** The register that holds what is read of it. */
  readonly read: number;
}

/** The one trace that a program keeps of a side; `undefined` where it keeps another state. */
export function traceOf({ sides, inputs, state, instructions }: Program, side: 'pre' | 'post'): ReadTrace | undefined {
  const [part, ...others] = state.filter(({ before }) => sides[before] === side);
  if (part === undefined || others.length > 0) return undefined;
  const makes = (register: number) => instructions.find(({ out }) => out === register);
  const last = makes(part.after);
  if (!isTrace(last) || last.b !== inputs[side]) return undefined;
  if (last.a === part.before) return { trace: last, isPresent: true, read: part.after };
  const decayed = makes(last.a);
  if (last.decay !== 1 || !isTrace(decayed) || decayed.a !== part.before || decayed.height !== 0) return undefined;
  const { height, nearest } = last;
  return { trace: { decay: decayed.decay, height, nearest }, isPresent: false, read: last.a };
}

const isTrace = (instruction: Instruction | undefined): instruction is Instruction & { op: 'trace' } =>
  instruction?.op === 'trace';

/** The rates of pairs that terms come to; `undefined` where they ask for other products. */
export function pairRatesOf(
  { inputs, instructions }: Program,
  terms: readonly ProgramTerm[],
  reads: { readonly pre: number; readonly post: number },
): PairRates | undefined {
  const rates = { atPost: 0, atPre: 0, alone: 0 };
  for (const { rate, pre, post } of terms) {
    const level = instructions.find((instruction) => instruction.op === 'filled' && instruction.out === post);
    if (pre === reads.pre && post === inputs.post) rates.atPost += rate;
    else if (pre === inputs.pre && post === reads.post) rates.atPre += rate;
    else if (pre === inputs.pre && level?.op === 'filled') rates.alone += rate * level.value;
    else return undefined;
  }
  return rates;
}
