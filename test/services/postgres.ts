import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, type RestartableServer, restartable, succeeds, until } from './server.js';

const versions = '/usr/lib/postgresql';

/** The folder of the newest PostgreSQL's programs, which Debian keeps off the path. */
const programs = existsSync(versions)
  ? readdirSync(versions)
      .sort((one, other) => Number(other) - Number(one))
      .map((version) => join(versions, version, 'bin'))
      .find((folder) => existsSync(join(folder, 'initdb')))
  : undefined;

/** Why there is no PostgreSQL to try things with; `undefined` where there is. */
export const missingPostgres = programs === undefined ? `no initdb in ${versions} (apt-get install postgresql)` : undefined;

const isRoot = process.getuid?.() === 0;

/** PostgreSQL refuses to run as root. */
function user(): { readonly uid: number; readonly gid: number } | undefined {
  const idOf = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : undefined;
}

/** Starts a PostgreSQL with a database of its own in a folder. */
export async function startPostgres(folder: string): Promise<RestartableServer> {
  const [port, owner, data] = [String(await freePort()), user(), join(folder, 'data')];
  const program = (name: string) => join(programs ?? '', name);
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  execFileSync(program('initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '--no-sync'], {
    ...owner,
    cwd: folder,
    timeout: 60_000,
  });
  const options = ['-D', data, '-p', port, '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
  return restartable(`postgres://postgres@127.0.0.1:${port}/postgres`, 'SIGQUIT', async () => {
    const child = spawn(program('postgres'), options, { ...owner, cwd: folder, stdio: 'ignore' });
    await until(
      () => succeeds(program('pg_isready'), ['-h', '127.0.0.1', '-p', port]),
      () => `no PostgreSQL at ${port}`,
    );
    return child;
  });
}
