import { readFileSync } from 'node:fs';

/** Seconds of the processor so far: of this process and, where the system tells (Linux), of those that it started and that have ended. */
export function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6 + childSeconds();
}

/** Fields 16 and 17 of proc(5)'s stat, in hundredths of a second; the name of the process, in parentheses, may hold spaces. */
function childSeconds() {
  if (process.platform !== 'linux') return 0;
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const [user, system] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(13, 15);
  return (Number(user) + Number(system)) / 100;
}
