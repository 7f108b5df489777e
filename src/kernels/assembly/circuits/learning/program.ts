import { at } from '../../lanes';
import { multiply, rectify } from '../../vectors';
import { FILLED, Instruction, Population, PRODUCT, Program, RECTIFIED, Term } from '../records';
import { flush } from '../values';

// A rule as a program: registers of each neuron of both sides, all computed anew in each step.

/** Computes the registers from the spikes that arrive, those of the targets and their potentials. */
export function compute(program: Program, population: Population): void {
  if (program.voltage !== 0) {
    memory.copy(program.voltage, population.v, at(0, population.size));
    const end = at(population.spikes, population.count);
    for (let spike = population.spikes; spike < end; spike += 4) store<f32>(at(program.voltage, load<i32>(spike)), program.peak);
  }
  for (let i = program.instructions; i < program.instructionsEnd; i += offsetof<Instruction>())
    carryOut(changetype<Instruction>(i));
}

function carryOut(instruction: Instruction): void {
  switch (instruction.op) {
    case PRODUCT:
      multiply(instruction.words, instruction.a, instruction.b, instruction.out);
      break;
    case RECTIFIED:
      rectify(instruction.words, instruction.a, instruction.x, instruction.out);
      break;
    case FILLED:
      for (let i = 0; i < instruction.words; i++) store<f32>(at(instruction.out, i), instruction.x);
      break;
    default:
      trace(instruction);
  }
}

/** out = x·a + y·b; of nearest spikes y·b where b isn't 0, else x·a. */
function trace(instruction: Instruction): void {
  const decay = f32x4.splat(instruction.x);
  const height = f32x4.splat(instruction.y);
  const none = f32x4.splat(0);
  const a = instruction.a;
  const b = instruction.b;
  const out = instruction.out;
  const end = at(0, instruction.words);
  for (let o: usize = 0; o < end; o += 16) {
    const z = v128.load(b + o);
    const kept = f32x4.mul(v128.load(a + o), decay);
    const left = instruction.isNearest ? v128.and(kept, f32x4.eq(z, none)) : kept;
    v128.store(out + o, flush(f32x4.add(left, f32x4.mul(z, height))));
  }
}

/** What was computed becomes the state. */
export function keep(program: Program): void {
  for (let p = program.copies; p < program.copiesEnd; p += 12)
    memory.copy(load<usize>(p, 4), load<usize>(p), at(0, load<i32>(p, 8)));
}

/** Those of the targets to which any term gives something; answers how many. Where all such terms have a spike in them: those that fired. */
export function listActive(program: Program, population: Population): i32 {
  if (!program.scans) {
    memory.copy(program.active, population.spikes, at(0, population.count));
    return population.count;
  }
  let end = program.active;
  for (let j = 0; j < population.size; j++) {
    for (let p = program.terms; p < program.termsEnd; p += offsetof<Term>()) {
      const term = changetype<Term>(p);
      if (!term.isOfPost || load<f32>(at(term.post, j)) === 0) continue;
      store<i32>(end, j);
      end += 4;
      break;
    }
  }
  return <i32>((end - program.active) >> 2);
}
