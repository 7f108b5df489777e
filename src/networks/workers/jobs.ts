import { ensure } from '../../core/errors.js';
import { show } from '../../core/show.js';
import { networkKernels } from '../../kernels/module/networkKernels.js';
import { fieldsOf } from '../checked/images.js';
import { answer } from './competitiveJobs.js';
import { encode, extract } from './imageJobs.js';
import { largest, race, sortSpikes } from './raceJobs.js';
import { classify, hinges, moments } from './readoutJobs.js';
import { vote } from './voteJobs.js';

/**
 * What a pool can do: from what stays the same, a function of a range of images and of what is new. Each answers something,
 * even where it leaves its results in shared memory: who gets no answer knows that the work hasn't been done.
 */
const jobs = { encode, extract, moments, hinges, classify, largest, sortSpikes, race, vote, answer };

type Jobs = typeof jobs;

/** A job that a pool can do. */
export type JobName = keyof Jobs;
export type SetupOf<N extends JobName> = Parameters<Jobs[N]>[0];
export type UpdateOf<N extends JobName> = Parameters<ReturnType<Jobs[N]>>[2];
export type ResultOf<N extends JobName> = ReturnType<ReturnType<Jobs[N]>>;
export type Work<N extends JobName> = (from: number, to: number, update: UpdateOf<N>) => ResultOf<N>;

/** The jobs in a type that TypeScript can follow: name, setup and work belong together. */
const table: { readonly [N in JobName]: (setup: SetupOf<N>) => Work<N> } = jobs;

/**
 * Takes up a job. What is wrong with it is told by its first piece, wherever that is worked on.
 */
export async function startJob<N extends JobName>(name: N, setup: SetupOf<N>): Promise<Work<N>> {
  try {
    ensure(Object.hasOwn(jobs, name), 'pool', 'name', () => `must be one of ${Object.keys(jobs).join(', ')}, got ${show(name)}`);
    fieldsOf(setup, 'pool', name);
    await networkKernels.ready();
    return table[name](setup);
  } catch (reason) {
    return () => {
      throw reason;
    };
  }
}
