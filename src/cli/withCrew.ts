import { availableParallelism } from 'node:os';
import { StdpError } from '../core/errors.js';
import type { Crew } from '../networks/crew/crew.js';
import { type ThreadCrew, threadCrew } from '../threads/threadCrew.js';

/** Does work with a crew of so many threads, by default one on each core, and dismisses it in the end. */
export async function withCrew<T>(workers: number = availableParallelism(), work: (crew: Crew) => Promise<T>): Promise<T> {
  const crew = crewFor(workers);
  try {
    return await work(crew);
  } finally {
    await crew.close();
  }
}

/** A crew whose size is told of by the name that the user gave it. */
function crewFor(workers: number): ThreadCrew {
  try {
    return threadCrew(workers);
  } catch (reason) {
    const isSize = reason instanceof StdpError && reason.argument === 'size';
    throw isSize ? new StdpError('stdp', '--workers', reason.problem, { cause: reason }) : reason;
  }
}
