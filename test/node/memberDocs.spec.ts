import { expect, it } from 'vitest';
import { sources } from '../docstrings.js';

it('what a member means stands at the member, where editors show it, not in the docstring of its interface', () => {
  const found = sources.flatMap(([file, text]) =>
    Array.from(text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\n(?:export )?interface (\w+)[^{]*\{\n([\s\S]*?)\n\}/g), (match) => {
      const [, comment = '', name = '', body = ''] = match;
      const told = Array.from(comment.matchAll(/@property (\w+)/g), ([, member]) => `${member}`);
      return told
        .filter((member) => new RegExp(`^  (readonly )?${member}\\??[:(]`, 'm').test(body))
        .map((member) => `${file} ${name}.${member}`);
    }).flat(),
  );
  expect(found).toEqual([]);
});
