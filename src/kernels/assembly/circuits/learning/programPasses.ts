import { at } from '../../lanes';
import { Columns, Law, Learning, Population, Program, Projection, Term } from '../records';
import { changedWeight, setLaw } from './laws';
import { preOf } from './pairColumns';
import { targetOf } from './pairRows';
import { compute, keep, listActive } from './program';

/** A step of a projection whose rule is a program: Δ = Σ rate·pre_i·post_j over its terms, where that isn't 0 by its nature. */
export function learnByProgram(q: Projection, spikes: usize, count: i32, modulation: f32): void {
  const learning = changetype<Learning>(q.rule);
  const program = changetype<Program>(learning.program);
  const population = changetype<Population>(q.to);
  setAll(program.preSpikes, spikes, count, 1);
  setAll(program.postSpikes, population.spikes, population.count, 1);
  compute(program, population);
  setLaw(changetype<Law>(learning.law));
  const end = at(spikes, count);
  for (let spike = spikes; spike < end; spike += 4) rowOfTerms(q, program, load<i32>(spike), modulation);
  const activeEnd = at(program.active, listActive(program, population));
  for (let active = program.active; active < activeEnd; active += 4)
    columnOfTerms(q, program, changetype<Columns>(learning.columns), load<i32>(active), modulation);
  keep(program);
  setAll(program.preSpikes, spikes, count, 0);
  setAll(program.postSpikes, population.spikes, population.count, 0);
}

function setAll(values: usize, list: usize, count: i32, value: f32): void {
  const end = at(list, count);
  for (let p = list; p < end; p += 4) store<f32>(at(values, load<i32>(p)), value);
}

/** Bytes of a factor: what a term is of the one neuron, and on which side it is. */
const FACTOR: usize = 8;

/** All terms, at the synapses of a presynaptic neuron. */
function rowOfTerms(q: Projection, program: Program, i: i32, modulation: f32): void {
  let factor = program.factors;
  for (let p = program.terms; p < program.termsEnd; p += offsetof<Term>(), factor += FACTOR) {
    const term = changetype<Term>(p);
    const rate = term.rate * modulation;
    store<f32>(factor, abs(rate) * load<f32>(at(term.pre, i)));
    store<i32>(factor, i32(rate < 0), 4);
  }
  const last = <usize>load<u32>(at(q.start, i), 4);
  for (let s = <usize>load<u32>(at(q.start, i)); s < last; s++) {
    const j = targetOf(q, s);
    let plus: f32 = 0;
    let minus: f32 = 0;
    factor = program.factors;
    for (let p = program.terms; p < program.termsEnd; p += offsetof<Term>(), factor += FACTOR) {
      const part = load<f32>(factor) * load<f32>(changetype<Term>(p).post + j);
      if (load<i32>(factor, 4)) minus += part;
      else plus += part;
    }
    const w = q.weights + (s << 2);
    store<f32>(w, changedWeight(load<f32>(w), plus, minus));
  }
}

/** The terms that a postsynaptic neuron starts, at its synapses whose presynaptic neuron has no spike. */
function columnOfTerms(q: Projection, program: Program, entries: Columns, j: i32, modulation: f32): void {
  const last = <usize>load<u32>(at(entries.start, j), 4);
  for (let k = <usize>load<u32>(at(entries.start, j)); k < last; k++) {
    const i = preOf(entries, k);
    if (load<f32>(at(program.preSpikes, i)) !== 0) continue;
    let plus: f32 = 0;
    let minus: f32 = 0;
    for (let p = program.terms; p < program.termsEnd; p += offsetof<Term>()) {
      const term = changetype<Term>(p);
      if (!term.isOfPost) continue;
      const rate = term.rate * modulation;
      const part = abs(rate) * load<f32>(at(term.pre, i)) * load<f32>(at(term.post, j));
      if (rate < 0) minus += part;
      else plus += part;
    }
    const w = q.weights + ((<usize>load<u32>(entries.slot + (k << 2))) << 2);
    store<f32>(w, changedWeight(load<f32>(w), plus, minus));
  }
}
