// Loaded before a program: kills it, as kill -9 does, at the file system call number KILL_AT among those that change something.
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

let left = Number(process.env['KILL_AT']);
for (const name of [
  'mkdirSync',
  'writeFileSync',
  'writeSync',
  'fsyncSync',
  'linkSync',
  'renameSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
  'chmodSync',
]) {
  const call = fs[name];
  fs[name] = (...args) => {
    if (--left === 0) {
      if (name === 'writeFileSync') call(args[0], Buffer.from(args[1]).subarray(0, 3), args[2]);
      if (name === 'writeSync') call(args[0], args[1], args[2], 3);
      process.kill(process.pid, 'SIGKILL');
    }
    return call(...args);
  };
}
syncBuiltinESMExports();
