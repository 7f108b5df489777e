import { at } from '../../../core/at.js';
import { unreachable } from '../../../core/errors.js';
import { programOperations } from '../../../kernels/circuitRecords.js';
import type { Instruction } from '../../../kernels/tensors/program/program.js';
import type { ProgramPlan } from '../../learning/learningPlan.js';
import { bytesOf, type CircuitArena, type CircuitRecord, hold, newRecord, newTable, room } from '../memory.js';
import { kept, type Placed, type Synapses } from './learningParts.js';

/** Lays out a program: its registers, its instructions and its terms. */
export function placeProgram(arena: CircuitArena, { pre, post, arrays }: Synapses, plan: ProgramPlan): Placed {
  const { program, potentials } = plan;
  const wordsOf = (register: number): number => (at(program.sides, register) === 'pre' ? pre : post);
  const state = program.state.map(({ name, before, after }) => {
    return { name, before, after, held: kept(arena, arrays, name, wordsOf(before), potentials?.begins[name]) };
  });
  const addresses = program.sides.map((_, register) => {
    const part = state.find(({ before }) => before === register);
    return part?.held.address ?? room(arena, 4 * wordsOf(register));
  });
  const addressOf = (register: number): number => at(addresses, register);
  const instructions = newTable(arena, 'Instruction', program.instructions.length);
  program.instructions.forEach((instruction, index) => {
    placeInstruction(at(instructions, index), instruction, addressOf, wordsOf(instruction.out));
  });
  const terms = newTable(arena, 'Term', plan.terms.length);
  plan.terms.forEach(({ rate, pre, post, isOfPost }, index) => {
    at(terms, index).set({ rate, pre: addressOf(pre), post: addressOf(post), isOfPost: Number(isOfPost) });
  });
  const copies = state
    .filter(({ before, after }) => before !== after)
    .flatMap(({ before, after }) => [addressOf(after), addressOf(before), wordsOf(before)]);
  const copied = hold(arena, Uint32Array.from(copies)).address;
  const { voltage } = program.inputs;
  const record = newRecord(arena, 'Program', {
    ...spanOf('instructions', instructions, 'Instruction'),
    ...spanOf('terms', terms, 'Term'),
    ...{ factors: room(arena, 8 * plan.terms.length), active: room(arena, 4 * post), scans: Number(plan.scans) },
    ...{ preSpikes: addressOf(program.inputs.pre), postSpikes: addressOf(program.inputs.post) },
    ...(voltage !== undefined && potentials && { voltage: addressOf(voltage), peak: potentials.peak }),
    ...{ copies: copied, copiesEnd: copied + 4 * copies.length },
  });
  return { address: record.address, variables: Object.fromEntries(state.map(({ name, held }) => [name, held])) };
}

function spanOf<Name extends 'instructions' | 'terms'>(
  name: Name,
  table: readonly CircuitRecord<'Instruction' | 'Term'>[],
  kind: 'Instruction' | 'Term',
): { readonly [field in Name | `${Name}End`]?: number } {
  const [first] = table;
  if (first === undefined) return {};
  return { [name]: first.address, [`${name}End`]: first.address + table.length * bytesOf(kind) } as {
    readonly [field in Name | `${Name}End`]: number;
  };
}

function placeInstruction(
  record: CircuitRecord<'Instruction'>,
  instruction: Instruction,
  addressOf: (register: number) => number,
  words: number,
): void {
  record.set({ op: programOperations.indexOf(instruction.op), out: addressOf(instruction.out), words });
  switch (instruction.op) {
    case 'trace': {
      const { a, b, decay, height, nearest } = instruction;
      record.set({ a: addressOf(a), b: addressOf(b), x: decay, y: height, isNearest: Number(nearest) });
      break;
    }
    case 'product':
      record.set({ a: addressOf(instruction.a), b: addressOf(instruction.b) });
      break;
    case 'rectified':
      record.set({ a: addressOf(instruction.a), x: instruction.threshold });
      break;
    case 'filled':
      record.set({ x: instruction.value });
      break;
    default:
      unreachable(instruction);
  }
}
