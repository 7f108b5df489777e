import type { Program } from '../../kernels/tensors/program/program.js';
import type { WrittenRule } from '../../rules/fastPath.js';
import type { ProgramPlan } from './learningPlan.js';

/** Where a register isn't 0: at spikes, for few neurons, or anywhere. */
type Where = 'atSpikes' | 'seldom' | 'anywhere';

/** A written rule of which each product has a factor that is mostly 0; `undefined` where one hasn't. */
export function planOfProgram({ program, change, rewardScale, potentials }: WrittenRule): ProgramPlan | undefined {
  if (program.synapses.length > 0) return undefined;
  const where = wheresOf(program);
  const terms = program.terms.map((term) => ({ ...term, isOfPost: where[term.pre] !== 'atSpikes' }));
  const ofPost = terms.filter(({ isOfPost }) => isOfPost).map(({ post }) => where[post]);
  if (ofPost.includes('anywhere')) return undefined;
  return {
    kind: 'program',
    program,
    terms,
    scans: ofPost.includes('seldom'),
    change,
    ...(potentials && { potentials }),
    ...(rewardScale !== undefined && { rewardScale }),
  };
}

/** Where each register isn't 0. */
function wheresOf({ sides, inputs, instructions }: Program): readonly Where[] {
  const where = sides.map((): Where => 'anywhere');
  where[inputs.pre] = 'atSpikes';
  where[inputs.post] = 'atSpikes';
  for (const instruction of instructions) {
    if (instruction.op === 'rectified') where[instruction.out] = 'seldom';
    if (instruction.op !== 'product') continue;
    const factors = [where[instruction.a], where[instruction.b]];
    where[instruction.out] = factors.includes('atSpikes') ? 'atSpikes' : factors.includes('seldom') ? 'seldom' : 'anywhere';
  }
  return where;
}
