import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readCheckpoint, writeCheckpoint } from '../../../src/io/checkpoint/checkpointFiles.js';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'stdp-checkpoint-')));
afterAll(() => rmSync(root, { recursive: true }));
const box = (): string => mkdtempSync(join(root, 'box-'));
const names = (...numbers: readonly number[]) =>
  numbers.map((number) => `checkpoint-${String(number).padStart(12, '0')}.safetensors`);

describe('writeCheckpoint and readCheckpoint', () => {
  it('keep the last two, and give the newest', () => {
    const folder = join(box(), 'deep', 'er');
    expect(readCheckpoint(folder)).toBeUndefined();
    for (const step of [1, 2, 3, 4]) expect(writeCheckpoint(folder, { step, w: new Float32Array(1000) })).toBe(step);
    expect(readdirSync(folder)).toEqual(names(3, 4));
    expect(readCheckpoint(folder)).toEqual({ carry: { step: 4, w: new Float32Array(1000) }, number: 4, damaged: [] });
  });

  it('go back to the one before where the newest is damaged, and say so; the next number is a new one', () => {
    const folder = box();
    for (const step of [1, 2]) writeCheckpoint(folder, { step });
    const [, newest = ''] = names(1, 2);
    const whole = readFileSync(join(folder, newest));
    writeFileSync(join(folder, newest), whole.subarray(0, whole.length - 1));
    expect(readCheckpoint(folder)).toEqual({ carry: { step: 1 }, number: 1, damaged: [newest] });
    expect(writeCheckpoint(folder, { step: 3 })).toBe(3);
    expect(readCheckpoint(folder)).toEqual({ carry: { step: 3 }, number: 3, damaged: [] });
  });

  it('say when none is whole', () => {
    const folder = box();
    for (const name of names(7, 8)) writeFileSync(join(folder, name), 'half');
    const [, newest] = names(7, 8);
    expect(() => readCheckpoint(folder)).toThrow(
      `readCheckpoint: ${folder} holds no whole checkpoint: ${newest} is truncated: 4 bytes, the length of the header alone takes 8`,
    );
  });

  it('remove what a killed process left aside, and nothing of others', () => {
    const folder = box();
    writeFileSync(join(folder, '.checkpoint-000000000009.part'), 'half');
    for (const name of ['notes.txt', 'checkpoint-1.safetensors', '.checkpoint-1.part'])
      writeFileSync(join(folder, name), 'of others');
    expect(readCheckpoint(folder)).toBeUndefined();
    writeCheckpoint(folder, {});
    expect(readdirSync(folder).sort()).toEqual(
      [...names(1), '.checkpoint-1.part', 'checkpoint-1.safetensors', 'notes.txt'].sort(),
    );
  });

  it.skipIf(!existsSync('/dev/full'))('leave what was there where the next one has no room', () => {
    const folder = box();
    for (const step of [1, 2]) writeCheckpoint(folder, { step });
    symlinkSync('/dev/full', join(folder, '.checkpoint-000000000003.part'));
    expect(() => writeCheckpoint(folder, { step: 3 })).toThrow(`writeCheckpoint: ${folder} can't be written: ENOSPC`);
    expect(readdirSync(folder)).toEqual(names(1, 2));
    expect(readCheckpoint(folder)?.carry).toEqual({ step: 2 });
  });

  it('leave what was there where the next one is refused', () => {
    const folder = box();
    writeCheckpoint(folder, { step: 1 });
    expect(() => writeCheckpoint(folder, { step: () => 2 })).toThrow('packState: state.step is a function');
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => writeCheckpoint(file, {})).toThrow(`writeCheckpoint: ${file} can't be written: EEXIST`);
    expect(() => readCheckpoint(file)).toThrow(`readCheckpoint: ${file} can't be read: ENOTDIR`);
    expect(readCheckpoint(folder)?.carry).toEqual({ step: 1 });
  });

  it.skipIf(process.getuid?.() === 0)('say when a folder is closed', () => {
    const folder = box();
    const { mode } = statSync(folder);
    chmodSync(folder, 0o500);
    expect(() => writeCheckpoint(folder, {})).toThrow(`writeCheckpoint: ${folder} can't be written: EACCES`);
    chmodSync(folder, mode);
    expect(readdirSync(folder)).toEqual([]);
  });
});
