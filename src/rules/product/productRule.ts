import * as tf from '@tensorflow/tfjs-core';
import { orThrow, type Validated } from '../../core/errors.js';
import { type ParamsOf, param, paramsSchema } from '../../core/params/schema.js';
import { aText, nothingMore, oneOf, positiveScalar, timeConstant } from '../../core/params/validation.js';
import { dense } from '../../topologies/dense.js';
import type { Topology } from '../../topologies/topology.js';
import { aBatchReduction } from '../../updates/batchReduction.js';
import type { FactorPair, Term } from '../../updates/delta.js';
import { perSample } from '../../updates/perSample.js';
import { ratesInside } from '../../updates/updateParams.js';
import { readTrace, tensorActivities } from '../activities.js';
import { clampedBoundFields, orderedBounds } from '../boundParams.js';
import { makeRule } from '../makeRule.js';
import type { Rule } from '../rule.js';
import { signedDelta } from '../signedDelta.js';
import { type Product, type ProductFactor, type ProductVariable, parseProducts } from './productRuleParser.js';

const fields = {
  /** The change of a weight in one step, see {@link productRule}. Default: the pair rule, rates 2⁻⁷. */
  dw: param('dw = 2^-7 * x1 * y0 - 2^-7 * x0 * y1', aText),
  /** Step, ms. Default 1. */
  dt: param(1, positiveScalar),
  /** Time constant of the presynaptic trace x1, ms. Default 20. */
  tauX1: param(20, timeConstant),
  /** Time constant of x2, ms. Default 40. */
  tauX2: param(40, timeConstant),
  /** Time constant of the postsynaptic trace y1, ms. Default 20. */
  tauY1: param(20, timeConstant),
  /** Time constant of y2, ms. Default 40. */
  tauY2: param(40, timeConstant),
  /** Time constant of y3, ms. Default 80. */
  tauY3: param(80, timeConstant),
  /** Whether traces hold the present spikes when they are read (`'both'`) or not (`'none'`). Default `'both'`. */
  coincidence: param('both', oneOf('both', 'none')),
  /** How samples of a batch combine, see {@link BatchReduction}. Default `'sum'`. */
  batchReduction: param('sum', aBatchReduction),
};

/** Parameters of a rule given as text. */
export interface ProductRuleParams extends ParamsOf<typeof fields>, ParamsOf<typeof clampedBoundFields> {}

const schema = paramsSchema<ProductRuleParams>('productRule', { ...fields, ...clampedBoundFields }, orderedBounds, ({ dw }) =>
  parseProducts(dw),
);

/** The defaults of {@link ProductRuleParams}; the text has none. */
export const productRuleDefaults: ProductRuleParams = schema.defaults;

/**
 * The complete, checked parameters, or why they were refused.
 *
 * @example
 * const params = validateProductRuleParams({ dw: 'dw = x1 * z0' });
 * params._tag === 'Left' ? params.left.argument : 'good';   // => 'dw'
 */
export const validateProductRuleParams = (given?: Partial<ProductRuleParams>): Validated<ProductRuleParams> =>
  schema.validate(given);

/** The traces that the text names: `x1Pre`, `x2Pre`, `y1Post`, `y2Post`, `y3Post`. */
export interface ProductRuleState {
  readonly [trace: string]: tf.Tensor;
}

/** Where a trace lives. */
const traces = [
  { variable: 'x1', field: 'x1Pre', layer: 'pre', tau: 'tauX1' },
  { variable: 'x2', field: 'x2Pre', layer: 'pre', tau: 'tauX2' },
  { variable: 'y1', field: 'y1Post', layer: 'post', tau: 'tauY1' },
  { variable: 'y2', field: 'y2Post', layer: 'post', tau: 'tauY2' },
  { variable: 'y3', field: 'y3Post', layer: 'post', tau: 'tauY3' },
] as const;

/**
 * A rule written down: a sum of products of spikes, traces and the weight.
 *
 *     w' = bound( w + Σ_b Σᵢ cᵢ · Πⱼ (vᵢⱼ + kᵢⱼ) )
 *
 * | in the text | |
 * |---|---|
 * | `x0`, `y0` | spikes of the presynaptic and of the postsynaptic neuron in this step |
 * | `x1`, `x2`; `y1`, `y2`, `y3` | their exponential traces, +1 for each spike |
 * | `w` | the weight before the step |
 * | `0.3`, `2^-4` | constants |
 * | `(w - 1)`, `(y1 + 0.5)` | a variable and a constant added to it |
 *
 * Products count at every step, traces of silent neurons included: what should happen at spikes alone has an x0 or y0
 * in it. A product of the weight and constants alone (`-0.1 * w`) counts once a step, for all samples and positions together.
 * On a convolution there is no neuron in the padding: factors of x are 0 there.
 *
 * @param params    the text alone, or the record: see {@link ProductRuleParams}.
 * @param topology  how the layers are wired. Default {@link dense}.
 * @throws {StdpError} when the text can't be read (the message says where), or a parameter is unknown or out of range.
 *
 * Source: the microcode learning engine of Loihi, Davies et al. 2018 (there in integers, here in floating point).
 *
 * @example
 * const rule = productRule('dw = 2^-2 * x1 * y0 - 2^-2 * x0 * y1');
 * const after = rule.step({ pre: [1], post: [0] }, [[0.5]], rule.init({ pre: [1], post: [1] }));
 * rule.step({ pre: [0], post: [1] }, ...after)[0].print();   // => [[0.5 + 0.25 * Math.exp(-1 / 20)]]
 */
export function productRule(
  params: string | Partial<ProductRuleParams>,
  topology: Topology = dense,
  ...more: readonly never[]
): Rule<ProductRuleState> {
  nothingMore(more, 'productRule', 'productRule(params, topology)');
  const complete = orThrow(validateProductRuleParams(typeof params === 'string' ? { dw: params } : params));
  const { dt, coincidence } = complete;
  const products = orThrow(parseProducts(complete.dw));
  const named = new Set(products.flatMap(({ factors }) => factors.map(({ variable }) => variable)));
  const used = traces.filter(({ variable }) => named.has(variable));
  return makeRule<ProductRuleState>({
    name: 'productRule',
    params: complete,
    perInput: ['tauX1', 'tauX2'],
    topology,
    init: (shapes) => Object.fromEntries(used.map(({ field, layer }) => [field, tf.zeros([...shapes[layer]])])),
    delta: ({ pre, post }, w, state) => {
      const spikes = { pre, post };
      const steps = used.map(({ variable, field, layer, tau }) => {
        const kind = { tau: complete[tau], amplitude: 1, dt, traceMode: 'cumulative', integration: 'exact' } as const;
        const before = state[field] ?? tf.zerosLike(spikes[layer]);
        return { variable, field, ...readTrace(tensorActivities, before, spikes[layer], kind, coincidence === 'both') };
      });
      const read = steps.map((trace) => [trace.variable, trace.read] as const);
      const values = new Map<ProductVariable, tf.Tensor>([['x0', pre], ['y0', post], ['w', w], ...read]);
      const halves = products.map((product) => ({ rate: product.coefficient, term: termOf(product, values, w, topology) }));
      return [
        signedDelta(halves, { topology, weightShape: w.shape }),
        Object.fromEntries(steps.map(({ field, next }) => [field, next])),
      ];
    },
    update: { ...complete, ...ratesInside, weightDependence: 'additive', mu: 0 },
  });
}

/**
 * A product without its coefficient: a factor pair; one value per sample and weight where the weight itself is in it; one per
 * weight, as of a single sample, where no neuron is.
 */
function termOf({ factors }: Product, values: ReadonlyMap<ProductVariable, tf.Tensor>, w: tf.Tensor, topology: Topology): Term {
  const [pre, post, weight] = ['x', 'y', 'w'].map((letter) =>
    multiplied(
      factors.filter(({ variable }) => variable.startsWith(letter)),
      values,
    ),
  );
  const pair: FactorPair | undefined = pre !== undefined ? { pre, post: post ?? 1 } : post && { pre: 1, post };
  if (pair === undefined) return { perSample: tf.expandDims(weight ?? tf.onesLike(w), 0), once: true };
  return weight === undefined ? pair : { perSample: tf.mul(perSample(pair, topology, w.shape), weight) };
}

/** The product of some factors, of which all have the same shape; undefined when there is none. */
const multiplied = (factors: readonly ProductFactor[], values: ReadonlyMap<ProductVariable, tf.Tensor>): tf.Tensor | undefined =>
  factors
    .map(({ variable, plus }) => tf.add(values.get(variable) ?? tf.scalar(0), plus))
    .reduce<tf.Tensor | undefined>((product, next) => (product === undefined ? next : tf.mul(product, next)), undefined);
