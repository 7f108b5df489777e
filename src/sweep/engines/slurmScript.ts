import { shellWords } from '../shellWords.js';

/**
 * The script of an array of tasks: each does every so many-th run of a sweep. A minute before its time is over a task is asked to end;
 * it saves what it has and queues up again, and so does one that was ended by the machine.
 *
 * @param command  of one task, but for its index, as a shell takes it.
 * @param logs     absolute path of the folder of what tasks say.
 */
export const slurmScript = (command: string, tasks: number, logs: string): string => `#!/bin/bash
#SBATCH --job-name=stdp
#SBATCH --array=0-${tasks - 1}
#SBATCH --cpus-per-task=1
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@60
#SBATCH --output=${shellWords([logs.replaceAll('%', '%%')])}/task-%a.log

${command} --index "$SLURM_ARRAY_TASK_ID" --of ${tasks} &
task=$!
trap 'kill -TERM "$task"' TERM
# A wait is over when the signal comes; the second one gives the code of the task.
wait "$task" || wait "$task"
code=$?
# Ended by a signal: by ours, when time is over, or by the machine, which is not always so.
if [ "$code" -eq 143 ] || { [ "$code" -gt 128 ] && [ "\${SLURM_RESTART_COUNT:-0}" -lt 10 ]; }; then
  scontrol requeue "$SLURM_JOB_ID"
fi
exit "$code"
`;
