import { describe, expect, it } from 'vitest';
import { scorePredictions } from '../../src/networks/score.js';

describe('scorePredictions', () => {
  it('counts', () => {
    expect(scorePredictions(Uint8Array.of(0, 1, 1, 2), Uint8Array.of(0, 1, 0, 2), 3)).toEqual({
      accuracy: 0.75,
      confusion: [
        [1, 1, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    });
  });
  it('tells nothing of nothing, and refuses lengths that differ', () => {
    expect(() => scorePredictions(new Uint8Array(), new Uint8Array(), 1)).toThrow('scorePredictions: labels hold nothing');
    expect(() => scorePredictions(new Uint8Array(2), new Uint8Array(3), 1)).toThrow(
      'scorePredictions: predicted has 2 entries, labels needs 3',
    );
  });
});
