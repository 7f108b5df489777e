import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { StdpError } from '../../core/errors.js';
import { errorCode, messageOf } from '../../core/show.js';
import { replaceFile } from '../../io/replaceFile.js';
import type { Engine } from '../engine.js';
import { type Sweep, sweepStatus } from '../sweepFolder.js';
import { patiently, pauseUnless } from './patiently.js';
import { slurmScript } from './slurmScript.js';
import { taskCommand } from './taskCommand.js';

/** Tasks of an array at most: a queue is shared, and several short runs a task spare it. */
const manners = 100;

/** Milliseconds between two looks at the folder and at the queue: the first and the longest pause; each is longer than the one before. */
const pauses = { first: 1000, longest: 15_000, growth: 1.2 };

/** Milliseconds after which a program of Slurm's that doesn't answer is given up. */
const timeout = 60_000;

/**
 * Slurm: submits an array of tasks, each of which does a slice of the sweep and writes its own results. Partition, account and time
 * are those of Slurm's own environment, `SBATCH_PARTITION` and so on.
 */
export const slurmEngine: Engine = {
  run: async (sweep, { workers = manners, data, signal, wait = true, onProgress }) => {
    const { dir } = sweep;
    const look = () => {
      const status = sweepStatus(dir);
      onProgress({ done: status.done, failed: status.failed, total: status.runs });
      return status;
    };
    const { left } = look();
    if (left === 0) return 'here';
    const job = submitted(dir) ?? (await submit(sweep, Math.min(left, workers, largestArray()), data));
    if (!wait) return 'elsewhere';
    let pause = pauses.first;
    try {
      while (await patiently(async () => isQueued(job), signal)) {
        look();
        await pauseUnless(signal, pause);
        pause = Math.min(pauses.growth * pause, pauses.longest);
      }
    } catch (reason) {
      if (!signal.aborted) throw reason;
    }
    look();
    return 'here';
  },
};

/** Where the number of the array stands. */
const jobFile = (dir: string): string => join(dir, 'slurm.json');

/** The array that was submitted before, when it is not over. */
function submitted(dir: string): string | undefined {
  if (!existsSync(jobFile(dir))) return undefined;
  const { job } = JSON.parse(readFileSync(jobFile(dir), 'utf8')) as { readonly job: string };
  return isQueued(job) ? job : undefined;
}

async function submit(sweep: Sweep, tasks: number, data: string | undefined): Promise<string> {
  const dir = resolve(sweep.dir);
  const [script, logs] = [join(dir, 'slurm.sh'), join(dir, 'logs')];
  mkdirSync(logs, { recursive: true });
  writeFileSync(script, slurmScript(taskCommand(sweep, data), tasks, logs));
  const job = slurm('sbatch', ['--parsable', script]).trim().split(';', 1)[0] ?? '';
  await replaceFile(jobFile(dir), JSON.stringify({ job }));
  return job;
}

/** Whether a task of an array waits or runs. Slurm forgets arrays that are over, and calls their numbers invalid then. */
function isQueued(job: string): boolean {
  try {
    return slurm('squeue', ['--noheader', `--jobs=${job}`, '--format=%i']).trim() !== '';
  } catch (reason) {
    if (messageOf(reason).includes('Invalid job id')) return false;
    throw reason;
  }
}

/** Tasks of an array at most, as the site has it. */
function largestArray(): number {
  const size = /^MaxArraySize\s*=\s*(\d+)/m.exec(slurm('scontrol', ['show', 'config']))?.[1];
  return Math.max(1, Number(size ?? 2) - 1);
}

function slurm(program: string, args: readonly string[]): string {
  try {
    return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout });
  } catch (cause) {
    const said = (cause as { readonly stderr?: string }).stderr?.trim().split('\n')[0];
    const problem =
      errorCode(cause) === 'ENOENT' ? 'is not installed here, or not on the path' : `failed: ${said ?? messageOf(cause)}`;
    throw new StdpError('stdp', program, problem, { cause });
  }
}
