import { ensure } from '../core/errors.js';
import { tidily } from '../core/tensors.js';
import { isRecord, tensorsOf } from '../core/trees.js';
import type { LayerShapes, Rule } from '../rules/rule.js';
import { hasSeparateSynapses } from '../rules/separateSynapses.js';

/** Points on either side of Δt = 0 that are drawn where nobody says how many. */
const usualPoints = 500;

/** From Δt = 0 to the end of what is watched. */
const mostSteps = 50_000;

/** Numbers that the rule may remember at once. */
const mostValues = 1e7;

/** What all steps together may touch. */
const mostWork = 2e9;

/** Of rules that are stepped pair by pair. */
const mostStepsOfPairs = 200_000;

/** The time of a window in steps of the rule. */
export interface WindowSteps {
  /** t_post − t_pre of the points, rising. */
  readonly differences: readonly number[];
  readonly afterSteps: number;
  /** ms. */
  readonly step: number;
}

/** A dense layer that takes no memory. */
const noNeurons: Required<LayerShapes> = { pre: [0], post: [0], w: [0, 0] };

/**
 * The differences that a window draws, in steps of the rule.
 *
 * @param layers  that are watched. Default: a dense layer.
 * @throws {StdpError} when dt is not whole steps of the rule, or the work would be too much; nothing is allocated before that.
 */
export function windowSteps<State>(
  rule: Rule<State>,
  { range, dt, after }: { readonly range: number; readonly dt: number | undefined; readonly after: number },
  layers: Required<LayerShapes> = noNeurons,
): WindowSteps {
  const where = 'stdpWindow';
  const step = stepOf(rule) ?? 1;
  const steps = wholeSteps(range, step);
  const afterSteps = wholeSteps(after, step);
  const longest = () =>
    `too many to simulate: together range and after may have ${mostSteps}, which is ${short(mostSteps * step)} ms`;
  const problem = () => `of ${Math.max(range, after)} ms is ${Math.max(steps, afterSteps)} steps of ${step} ms, ${longest()}`;
  ensure(steps + afterSteps <= mostSteps, where, after > range ? 'after' : 'range', problem);
  const stride = dt === undefined ? Math.max(1, Math.ceil(steps / usualPoints)) : Math.round(dt / step);
  const isWhole = dt === undefined || Math.abs(stride * step - dt) <= 1e-6 * dt;
  ensure(isWhole, where, 'dt', () => `must be whole steps of the rule's ${step} ms, got ${dt}`);
  const half = Math.floor(steps / stride);
  const points = 2 * half + 1;
  const held = valuesPerSynapse(rule, layers) * points;
  ensure(held <= mostValues, where, 'rule', () => {
    const what = `remembers ${short(held / points)} values for each of ${points} synapses, more than can be simulated`;
    return `${what}: take a larger dt, or a rule with shorter delays`;
  });
  const least = short(Math.ceil(steps / usualPoints) * step);
  const tooMuch = () =>
    `of ${stride * step} ms draws ${points} points of ${2 * steps + 1} steps, too many to simulate; take ${least} ms`;
  ensure(held * (2 * steps + afterSteps + 1) <= mostWork, where, 'dt', tooMuch);
  const ofPairs = points * (afterSteps + 1) + 2 * half * stride;
  const isShort = hasSeparateSynapses(rule) || ofPairs <= mostStepsOfPairs;
  const tooLong = () =>
    `of ${after} ms behind each of ${points} pairs takes ${ofPairs} steps, at most ${mostStepsOfPairs} are simulated; take fewer points by a larger dt`;
  ensure(isShort, where, 'after', tooLong);
  return { differences: Array.from({ length: points }, (_, point) => (point - half) * stride), afterSteps, step };
}

/** The rule's own step, ms. */
function stepOf<State>({ params }: Rule<State>): number | undefined {
  const dt: unknown = isRecord(params) ? params['dt'] : undefined;
  return typeof dt === 'number' ? dt : undefined;
}

/** Steps that are complete within a time: 0.3 / 0.1 is a little less than 3. */
const wholeSteps = (time: number, step: number): number => Math.floor(time / step + 1e-6);

const short = (value: number): string => String(Number(value.toPrecision(4)));

/** How much a rule remembers for one synapse: what the state of such layers would hold, were there one neuron where there is none. */
function valuesPerSynapse<State>(rule: Rule<State>, layers: Required<LayerShapes>): number {
  return tidily(() => {
    const state = tensorsOf(rule.init(layers));
    const values = state.map(({ shape }) => shape.reduce((size, length) => size * Math.max(length, 1), 1));
    return values.reduce((sum, size) => sum + size, 1);
  });
}
