import { expect, it } from 'vitest';
import { ruleNames } from '../../src/rules/ruleFromJSON.js';
import { sources } from '../docstrings.js';

it('ruleFromJSON knows every rule that is written, and nothing else', () => {
  const makesRule =
    /^export (?:function|const) (\w+)(?:: RuleMaker<|(?: = )?\(\s*params\??: .*?\btopology: Topology = dense\b[^)]*\): Rule<)/gms;
  const written = sources
    .filter(([file]) => file.startsWith('rules/'))
    .flatMap(([, text]) => Array.from(text.matchAll(makesRule), ([, name]) => name));
  expect(written.length).toBeGreaterThan(20);
  expect([...ruleNames].sort()).toEqual(written.sort());
});
