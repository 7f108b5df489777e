import { expect, it } from 'vitest';
import { minimize, type Objective } from '../../../src/networks/readout/lbfgs.js';

/** ½ (x − c)ᵀ D (x − c) with a diagonal D of condition number 1000. */
const centre = [1, -2, 3];
const curvatures = [1, 30, 1000];
const quadratic: Objective = async (point) => {
  const gradient = point.map((value, axis) => (curvatures[axis] ?? 0) * (value - (centre[axis] ?? 0)));
  return {
    value: point.reduce((sum, value, axis) => sum + 0.5 * (value - (centre[axis] ?? 0)) * (gradient[axis] ?? 0), 0),
    gradient,
  };
};

const rosenbrock: Objective = async ([x = 0, y = 0]) => ({
  value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
  gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
});

it('finds the minimum of a badly scaled quadratic', async () => {
  const { point, value } = await minimize(quadratic, new Float64Array(3), { iterations: 100, tolerance: 0 });
  point.forEach((found, axis) => {
    expect(found).toBeCloseTo(centre[axis] ?? 0, 5);
  });
  expect(value).toBeLessThan(1e-9);
});

it('finds the end of Rosenbrock’s valley', async () => {
  const { point } = await minimize(rosenbrock, Float64Array.of(-1.2, 1), { iterations: 200, tolerance: 0 });
  expect(point[0]).toBeCloseTo(1, 4);
  expect(point[1]).toBeCloseTo(1, 4);
});

it('falls with every iteration and tells of each', async () => {
  const values: number[] = [];
  await minimize(rosenbrock, Float64Array.of(-1.2, 1), {
    iterations: 15,
    tolerance: 0,
    onIteration: (iteration, value) => {
      expect(iteration).toBe(values.length + 1);
      values.push(value);
    },
  });
  expect(values.length).toBe(15);
  values.forEach((value, index) => {
    if (index > 0) expect(value).toBeLessThan(values[index - 1] ?? 0);
  });
});

it('stays where the gradient is zero, and leaves the start as it was', async () => {
  const start = Float64Array.from(centre);
  expect(await minimize(quadratic, start, { iterations: 5 })).toEqual({ point: start, value: 0 });
  const other = Float64Array.of(5, 5, 5);
  await minimize(quadratic, other, { iterations: 5 });
  expect([...other]).toEqual([5, 5, 5]);
});

it('stops when the signal says so, at the best point so far', async () => {
  const abort = new AbortController();
  const { value } = await minimize(rosenbrock, Float64Array.of(-1.2, 1), {
    iterations: 100,
    signal: abort.signal,
    onIteration: (iteration) => {
      if (iteration === 2) abort.abort();
    },
  });
  expect(value).toBeGreaterThan(0.1);
  expect(value).toBeLessThan(24.2);
});
