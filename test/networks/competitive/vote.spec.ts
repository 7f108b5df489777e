import { describe, expect, it } from 'vitest';
import { elect, neuronLabels, tallyAnswers, voteTable } from '../../../src/networks/competitive/vote.js';

// Three neurons, two classes: the first for class 0, the second unsure, the third silent.
const rates = { classes: 2, rates: Float32Array.of(4, 0, 1, 3, 0, 0) };

describe('tallyAnswers', () => {
  it('gives mean spikes an image of each class, 0 for a class without images', () => {
    const tally = tallyAnswers(2, 3);
    tally.add(0, Int32Array.of(0, -1, 0, 1));
    tally.add(0, Int32Array.of(-1, -1, -1, 1));
    tally.add(2, Int32Array.of(1, -1, -1, -1));
    expect(tally.rates()).toEqual({ classes: 3, rates: Float32Array.of(1, 0, 0, 1, 0, 1) });
  });
});

describe('neuronLabels', () => {
  it('names the class answered most, the first of several, none for the silent', () => {
    expect([...neuronLabels(rates)]).toEqual([0, 1, -1]);
    expect([...neuronLabels({ classes: 2, rates: Float32Array.of(2, 2) })]).toEqual([0]);
  });
});

describe('voteTable', () => {
  it('rate: a spike votes for each class by its share of the neuron’s answers', () => {
    expect([...voteTable(rates, 'rate')]).toEqual([1, 0, 0.25, 0.75, 0, 0]);
  });

  it('mean: a spike votes for the label, divided by the neurons that share it', () => {
    const shared = { classes: 2, rates: Float32Array.of(4, 0, 1, 3, 5, 1, 0, 0) };
    expect([...voteTable(shared, 'mean')]).toEqual([0.5, 0, 0, 1, 0.5, 0, 0, 0]);
  });
});

describe('elect', () => {
  const table = voteTable(rates, 'rate');
  it('chooses the class with most votes', () => {
    expect(elect(Int32Array.of(0, -1, 1), table, 2)).toBe(0);
    expect(elect(Int32Array.of(1, 1, 1, -1, 0), table, 2)).toBe(1);
  });

  it('chooses the first of several, and for silence', () => {
    expect(elect(Int32Array.of(0, 1, 1), voteTable({ classes: 2, rates: Float32Array.of(2, 0, 1, 3) }, 'rate'), 2)).toBe(0);
    expect(elect(Int32Array.of(-1, -1), table, 2)).toBe(0);
  });
});
