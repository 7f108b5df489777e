import { availableParallelism } from 'node:os';
import type { Crew } from '../networks/crew/crew.js';
import { threadCrew } from '../threads/threadCrew.js';

/** Does work with a crew of so many threads, by default one on each core, and dismisses it in the end. */
export async function withCrew<T>(workers: number = availableParallelism(), work: (crew: Crew) => Promise<T>): Promise<T> {
  const crew = threadCrew(workers);
  try {
    return await work(crew);
  } finally {
    await crew.close();
  }
}
