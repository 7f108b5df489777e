import type { Loops } from '../form.js';
import type { GoldenCase, GoldenTensor } from '../load.js';
import { lookUp, recall, traceStep } from './infernoDelays.js';
import { reduced } from './infernoUpdates.js';
import { at, golden, map, type Numbers, numbers, part, parts, range, read, series, total, zeros } from './numbers.js';

/** Ages since the latest event: `never` before the first. */
const ages = (spikes: readonly Numbers[], dt: number, never: number): readonly Numbers[] => {
  let age: Numbers | undefined;
  return spikes.map((now) => {
    const before = age;
    age = map(now, (s, ...n) => (s > 0 ? 0 : before === undefined ? never : at(before, ...n) + dt));
    return age;
  });
};

const traces = (spikes: readonly Numbers[], params: GoldenCase['params'], mode: string): readonly Numbers[] => {
  let trace = zeros(spikes[0]?.shape ?? []);
  return spikes.map((now) => {
    trace = traceStep(trace, now, { ...params, trace_mode: mode }, params.time_constant, params.amplitude);
    return trace;
  });
};

export const reducers: Loops = {
  expected: ({ params, inputs }) => {
    const spikes = parts(read(inputs.spikes));
    const mean = spikes.map((now, time) =>
      map(now, (_, ...n) => total(time + 1, (t) => at(spikes[t] ?? now, ...n)) / (time + 1)),
    );
    let weighted: Numbers | undefined;
    const ema = spikes.map((now) => {
      const before = weighted;
      weighted = map(now, (s, ...n) =>
        before === undefined ? s : params.ema_alpha * s + (1 - params.ema_alpha) * at(before, ...n),
      );
      return weighted;
    });
    return {
      ...{ cumulative: series(traces(spikes, params, 'cumulative')), nearest: series(traces(spikes, params, 'nearest')) },
      event_age_nan: series(ages(spikes, params.dt, Number.NaN)),
      event_age_inf: series(ages(spikes, params.dt, Number.POSITIVE_INFINITY)),
      ...{ cumulative_average: series(mean), ema: series(ema) },
    };
  },
  draw: (dice) => ({
    params: {
      ...{ dt: dice.one(1, 0.5, 0.8, 2), time_constant: dice.number(2, 20), amplitude: dice.number(0.2, 2) },
      ema_alpha: dice.number(0.1, 0.9),
    },
    inputs: { spikes: dice.spikes([dice.integer(2, 12), dice.integer(1, 3), dice.integer(1, 5)]) },
  }),
};

export const viewAtDelay: Loops = {
  expected: ({ params, inputs }) => {
    const spikes = parts(read(inputs.spikes));
    const records = { trace: traces(spikes, params, 'cumulative'), event: ages(spikes, params.dt, Number.NaN) };
    const look = (value: (back: number, elapsed: number, ...index: number[]) => number) =>
      golden(
        map(read(inputs.time), (time, ...n) => {
          const { back, elapsed } = lookUp(time, params.dt, params.tolerance);
          return value(back, elapsed, ...n.slice(0, -1));
        }),
      );
    return {
      trace: look((back, elapsed, ...n) => recall(records.trace, back, 0, ...n) * Math.exp(-elapsed / params.time_constant)),
      event: look((back, elapsed, ...n) => recall(records.event, back, Number.NaN, ...n) + elapsed),
    };
  },
  draw: (dice) => {
    const [steps, batch, count, looks] = [dice.integer(1, 10), dice.integer(1, 3), dice.integer(1, 4), dice.integer(1, 5)];
    const [dt, samples] = [dice.one(1, 0.5, 0.8), dice.integer(1, 5)];
    const time = numbers([batch, count, looks], () => {
      const whole = dice.integer(0, samples);
      return Math.fround((whole + (whole < samples ? dice.one(0, 0.2, 0.5, 0.85) : 0)) * dt);
    });
    return {
      params: { dt, time_constant: dice.number(2, 20), amplitude: dice.number(0.2, 2), duration: samples * dt, tolerance: 1e-7 },
      inputs: { spikes: dice.spikes([steps, batch, count]), time: golden(time) },
    };
  },
};

export const interpolation: Loops = {
  expected: ({ params, inputs }) => {
    const { step_time: dt, time_constant: tau, rate_constant: rate } = params;
    const [older, newer, elapsed] = [read(inputs.prev), read(inputs.next), read(inputs.sample_at)];
    const over = (value: (older: number, newer: number, elapsed: number) => number) =>
      golden(map(older, (before, n) => value(before, at(newer, n), at(elapsed, n))));
    return {
      ...{ previous: over((before) => before), next: over((_, after) => after) },
      nearest: over((before, after, time) => (time / dt > 0.5 ? after : before)),
      linear: over((before, after, time) => before + ((after - before) * time) / dt),
      expdecay: over((before, _, time) => before * Math.exp(-time / tau)),
      expratedecay: over((before, _, time) => before * Math.exp(-time * rate)),
    };
  },
  draw: (dice) => {
    const [count, dt] = [dice.integer(3, 9), dice.one(1, 0.5, 2)];
    const between = range(count).map(() => dt * dice.one(0, 0.25, 0.5, 0.75, 1, dice.number(0.1, 0.9)));
    return {
      params: { step_time: dt, time_constant: dice.number(2, 20), rate_constant: dice.number(0.05, 0.5) },
      inputs: {
        ...{ prev: dice.values([count], -1, 1), next: dice.values([count], -1, 1) },
        sample_at: golden({ shape: [count], data: between }),
      },
    };
  },
};

/** A target for all outputs, or one for each. */
const targetOf = (target: number | GoldenTensor) => {
  if (typeof target === 'number') return () => target;
  const { data } = read(target);
  return (output: number) => data[output] ?? Number.NaN;
};

/** What each output asks for at each step, [batch, out], from its rate so far. */
function lacks({ params, inputs }: GoldenCase): readonly Numbers[] {
  const [posts, target] = [parts(read(inputs.post)), targetOf(params.target)];
  const sign = params.param === 'delay' ? -1 : 1;
  return posts.map((now, time) =>
    map(now, (_, b, o) => {
      const rate = total(time + 1, (t) => at(posts[t] ?? now, b, o)) / (time + 1);
      return (sign * params.plasticity * (target(o) - rate)) / target(o);
    }),
  );
}

export const homeostasis: Loops = {
  expected: (given) => {
    const { params, inputs } = given;
    const name: string = params.param;
    const over = (side: 'max' | 'min') =>
      lacks(given).map((lack) =>
        reduced(
          map(lack, (value) => Math[side](value, 0)),
          params.batch_reduction,
        ),
      );
    const [pos, neg] = [over('max'), over('min')];
    const follow = (change: (up: number, down: number) => number) => {
      let parameter = read(inputs[name]);
      return series(
        pos.map((up, time) => {
          const down = part({ shape: [1, ...up.shape], data: neg[time]?.data ?? [] }, 0);
          parameter = map(parameter, (value, o) => value + change(at(up, o), at(down, o)));
          return parameter;
        }),
      );
    };
    const wide = (steps: readonly Numbers[]) =>
      series(name === 'bias' ? steps : steps.map(({ shape, data }) => ({ shape: [...shape, 1], data })));
    return {
      ...{ pos: wide(pos), neg: wide(neg) },
      // The peer subtracts a part that is negative already; its documentation adds it.
      [name]: follow((up, down) => up - down),
      [`${name}_documented`]: follow((up, down) => up + down),
    };
  },
  draw: (dice) => {
    const [steps, batch, ins, outs] = [dice.integer(1, 9), dice.integer(1, 3), dice.integer(1, 4), dice.integer(1, 5)];
    const param = dice.one('weight', 'delay', 'bias');
    const target = dice.chance(0.5) ? dice.number(0.1, 0.6) : dice.values([1, outs], 0.1, 0.6);
    return {
      params: {
        plasticity: dice.number(0.01, 0.2),
        target,
        param,
        dt: dice.one(1, 0.5),
        batch_reduction: dice.one('mean', 'sum'),
      },
      inputs: {
        [param]: dice.values(param === 'bias' ? [outs] : [outs, ins]),
        ...{ pre: dice.spikes([steps, batch, ins]), post: dice.spikes([steps, batch, outs]) },
      },
    };
  },
};
