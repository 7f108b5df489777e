import { spawn } from 'node:child_process';
import { found, freePort, type RestartableServer, restartable, succeeds, until } from './server.js';

/** Why there is no Redis to try things with; `undefined` where there is. */
export const missingRedis = found('redis-server') === undefined ? 'no redis-server (apt-get install redis-server)' : undefined;

/** Starts a Redis that keeps a log of its commands in a folder. */
export async function startRedis(folder: string): Promise<RestartableServer> {
  const port = String(await freePort());
  const options = ['--port', port, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'yes', '--dir', folder];
  return restartable(`redis://127.0.0.1:${port}`, 'SIGKILL', async () => {
    const child = spawn('redis-server', options, { stdio: 'ignore' });
    await until(
      () => succeeds('redis-cli', ['-e', '-p', port, 'llen', 'anything']),
      () => `no Redis at ${port}`,
    );
    return child;
  });
}
