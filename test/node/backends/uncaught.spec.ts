import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

const library = new URL('../../../dist/index.js', import.meta.url).href;

it.each([
  ['cpu', 'an error', "throw new Error('mine')"],
  ['wasm', 'an error', "throw new Error('mine')"],
  ['wasm', 'a rejected promise', "void Promise.reject(new Error('mine')); await new Promise(() => setTimeout(() => {}, 1e6))"],
])('with %s, %s that nobody catches is the program’s own: no line of tfjs, exit code 1', (backend, _, fail) => {
  const program = `const { useBackend } = await import(${JSON.stringify(library)}); await useBackend('${backend}'); ${fail};`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect(stderr).toContain('Error: mine');
  expect(stderr).not.toContain('tfjs-backend');
  expect(status).toBe(1);
});

it('what the program itself listens to stays', () => {
  const program = `
    process.on('uncaughtException', ({ message }) => console.log(message));
    const { useBackend } = await import(${JSON.stringify(library)});
    await useBackend('wasm');
    await useBackend('cpu');
    throw new Error('mine');`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 0, stdout: 'mine\n' });
});
