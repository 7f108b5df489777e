import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { found, freePort, until } from './server.js';

/** Why there is no Slurm to try things with; `undefined` where there is. */
export const missingSlurm =
  process.getuid?.() !== 0
    ? 'not root, who alone can be all of Slurm'
    : ['sbatch', 'slurmctld', 'slurmd', 'munged'].every(found)
      ? undefined
      : 'no Slurm (apt-get install slurm-wlm munge)';

const nodes = ['n1', 'n2', 'n3'];

/** A Slurm of three nodes on this machine. */
export interface Slurm {
  /** What programs need to find it. */
  readonly env: { readonly SLURM_CONF: string };
  stop(): Promise<void>;
}

/** Starts a Slurm whose every file lies in a folder. */
export async function startSlurm(folder: string): Promise<Slurm> {
  const at = (name: string) => join(folder, name);
  for (const name of ['state', 'munge', ...nodes]) mkdirSync(at(name), { recursive: true });
  writeFileSync(at('munge/key'), randomBytes(128), { mode: 0o600 });
  const ports = await Promise.all(['controller', ...nodes].map(freePort));
  writeFileSync(at('slurm.conf'), configuration(folder, ports));
  const env = { SLURM_CONF: at('slurm.conf') };
  const run = (program: string, ...args: readonly string[]): string =>
    execFileSync(found(program) ?? program, args, { env: { ...process.env, ...env }, encoding: 'utf8', timeout: 60_000 });
  const munge = ['key-file=key', 'pid-file=pid', 'log-file=log', 'seed-file=seed'].map((option) => {
    const [name, file = ''] = option.split('=');
    return `--${name}=${at(join('munge', file))}`;
  });
  run('munged', '--force', `--socket=${at('munge.socket')}`, ...munge);
  run('slurmctld', '-c');
  for (const node of nodes) run('slurmd', '-N', node);
  const idle = () => run('sinfo', '--noheader', '--Node', '--format=%t').trim().split('\n');
  await until(
    () => idle().filter((state) => state === 'idle').length === nodes.length,
    () => `Slurm's nodes are ${idle().join(', ')}`,
  );
  return {
    env,
    stop: async () => {
      run('scancel', '--user=root');
      const pids = ['slurmctld.pid', ...nodes.map((node) => `slurmd-${node}.pid`), 'munge/pid'].map(at);
      for (const file of pids) if (existsSync(file)) process.kill(Number(readFileSync(file, 'utf8')));
      await until(
        () => !pids.some(existsSync),
        () => 'Slurm does not end',
      );
    },
  };
}

/** Waits until a task of a sweep runs, and kills it. */
export const killTask = (dir: string, index: number): Promise<void> =>
  until(
    () => {
      const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isTask(commandOf(name), dir, index));
      for (const pid of pids) process.kill(Number(pid), 'SIGKILL');
      return pids.length > 0;
    },
    () => `task ${index} never runs`,
  );

const isTask = (command: string, dir: string, index: number): boolean =>
  command.includes(` task ${dir} `) && command.includes(` --index ${index} `);

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has gone
  }
}

const configuration = (folder: string, [controller, ...ports]: readonly number[]): string => `
ClusterName=stdp
SlurmctldHost=${shortName}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
MpiDefault=none
ReturnToService=2
KillWait=5
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/%n
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd-%n.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd-%n.log
SchedulerParameters=sched_interval=1,batch_sched_delay=0,sched_min_interval=100000
${nodes.map((node, index) => `NodeName=${node} NodeHostname=${shortName} NodeAddr=127.0.0.1 Port=${ports[index]} CPUs=1`).join('\n')}
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
`;

const [shortName = ''] = hostname().split('.');
