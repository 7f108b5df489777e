import { isLeft, right } from 'fp-ts/lib/Either.js';
import { describe, expect, it } from 'vitest';
import { ensure, orThrow, refuse, StdpError, unreachable } from '../../src/core/errors.js';

describe('StdpError', () => {
  it('says where, which argument and what is wrong', () => {
    const error = new StdpError('stdpStepLinear', 'zPost', 'has 12 columns, w [784, 10] needs 10');
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'StdpError',
      where: 'stdpStepLinear',
      argument: 'zPost',
      message: 'stdpStepLinear: zPost has 12 columns, w [784, 10] needs 10',
    });
  });

  it('is one line, whatever is named in it', () => {
    const { message, argument } = new StdpError('readNpz', 'a\n\u001b[2Jb\u2028.npy', 'is damaged');
    expect(message).toBe('readNpz: a\\u000a\\u001b[2Jb\\u2028.npy is damaged');
    expect(argument).toBe('a\n\u001b[2Jb\u2028.npy');
  });

  it('travels as a value and is thrown by orThrow', () => {
    const refused = refuse('pairStdp', 'tauPre', 'must be a positive number of ms, got -1');
    expect(isLeft(refused)).toBe(true);
    expect(() => orThrow(refused)).toThrow(StdpError);
    expect(() => orThrow(refused)).toThrow('pairStdp: tauPre must be a positive number of ms, got -1');
    expect(orThrow(right(3))).toBe(3);
  });
});

describe('ensure', () => {
  it('throws when the condition fails, and builds the problem only then', () => {
    const never = () => expect.fail('built the message of a check that held');
    expect(() => ensure(true, 'f', 'x', never)).not.toThrow();
    expect(() => ensure(false, 'f', 'x', () => 'is odd')).toThrow(new StdpError('f', 'x', 'is odd'));
  });
});

describe('unreachable', () => {
  it('shows the value that should not exist', () => {
    expect(() => unreachable('cubic' as never)).toThrow('tfjs-stdp: cubic is none of the known names');
  });
});
