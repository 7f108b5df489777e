import { type CircuitArena, hold, newRecord } from '../memory.js';

/** Steps that the fine table reaches. */
const fineSteps = 256;

/** Values below this are 0, as everywhere in the kernels. */
const least = 1e-30;

/** The address of a table of what is left of 1 after any number of steps, `decay` being left after one. */
export function placePowers(arena: CircuitArena, decay: number): number {
  const power = (steps: number): number => (Math.abs(decay ** steps) < least ? 0 : decay ** steps);
  const forGood = decay >= 1 || decay <= 0 ? 0 : Math.log(least) / Math.log(decay) / fineSteps;
  const top = Math.ceil(forGood);
  const fine = Float32Array.from({ length: fineSteps }, (_, steps) => power(steps));
  const coarse = Float32Array.from({ length: top + 1 }, (_, part) => power(part * fineSteps));
  return newRecord(arena, 'Powers', { fine: hold(arena, fine).address, coarse: hold(arena, coarse).address, top }).address;
}
