import { left, right } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { refuse } from '../../src/core/errors.js';
import { needed, param, paramsSchema } from '../../src/core/params/schema.js';
import { type Numeric, positiveScalar, timeConstant } from '../../src/core/params/validation.js';
import { sources } from '../docstrings.js';

describe('a schema', () => {
  const { defaults, validate } = paramsSchema<{ readonly dt: number; readonly tau: Numeric }>(
    'demo',
    { dt: needed(positiveScalar), tau: param(20, timeConstant) },
    ({ dt }, where) => (dt < 10 ? right(dt) : refuse(where, 'dt', 'is too long')),
    ({ dt }, where) => (dt < 5 ? right(dt) : refuse(where, 'dt', 'is long')),
  );

  it('fills in defaults, which nobody can change', () => {
    expect(validate({ dt: 1 })).toEqual(right({ dt: 1, tau: 20 }));
    expect(defaults).toEqual({ tau: 20 });
    expect(Object.isFrozen(defaults)).toBe(true);
  });

  it.each<[string, object | undefined]>([
    ['demo: dt must be a number > 0, got undefined', undefined],
    ['demo: dt must be a number > 0, got undefined', { tau: 1 }],
    ['demo: tau must be a positive number of ms, got 0', { dt: 20, tau: 0 }],
    ['demo: dt is too long', { dt: 20 }],
    ['demo: dt is long', { dt: 7 }],
    ['demo: t is not a parameter; known are dt, tau', { t: 1 }],
  ])('refuses: %s', (message, given) => {
    expect(validate(given)).toMatchObject(left({ message }));
  });

  it('speaks in the name of another function', () => {
    expect(validate({ dt: 7 }, 'other')).toMatchObject(left({ message: 'other: dt is long' }));
  });
});

/** Every parameter of every schema, with what its comment says and what its default is. */
const parameters = sources.flatMap(([file, text]) =>
  Array.from(
    text.matchAll(/(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)? {2}(\w+): (param|needed)\(('[^']*'|[^,{]+|\{[^}]*\}), ?\w/g),
    ([, comment = '', name = '', kind = '', standard = '']) => ({
      name: `${file} ${name}`,
      kind,
      standard,
      comment: comment.replace(/^\s*\* ?/gm, '').replace(/\s+/g, ' '),
    }),
  ),
);

/** A number, a flag or a name, as a comment or the code writes it. */
const literal = (text: string): string | number =>
  /^[−-]?[\d.]/.test(text) ? Number(text.replace('−', '-')) : text.replace(/[`']/g, '');

describe('a parameter says what it is by default', () => {
  const plain = parameters.filter(({ name, standard }) => /^([-\d.e]+|true|false|'\w*')$/.test(standard) && name !== '');

  it('there are many', () => {
    expect(plain.length).toBeGreaterThan(80);
  });

  it.each(plain.map(({ name, ...rest }) => [name, rest] as const))('%s', (_name, { comment, standard }) => {
    const [, said = ''] = /Default (`'\w+'`|[−\d.e-]*\d|true|false)/.exec(comment) ?? [];
    expect(literal(said)).toBe(literal(standard));
  });
});

it('a table that makes an interface holds its own parameters only: of those of another file no comment would be declared', () => {
  const tables = sources.flatMap(([file, text]) =>
    Array.from(text.matchAll(/ParamsOf<typeof (\w+)>/g), ([, name = '']) => ({
      file,
      name,
      table: new RegExp(`const ${name} = \\{([^;]*)\\n\\};`).exec(text)?.[1] ?? '',
      text,
    })),
  );
  const foreign = ({ table, text }: { readonly table: string; readonly text: string }) =>
    Array.from(table.matchAll(/^ {2}\.\.\.(\w+)/gm), ([, name = '']) => name).filter((name) => !text.includes(`const ${name} =`));
  expect(tables.length).toBeGreaterThan(20);
  expect(tables.filter((table) => foreign(table).length > 0).map(({ file, name }) => `${file} ${name}`)).toEqual([]);
});
