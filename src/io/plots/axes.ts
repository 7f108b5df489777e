import type * as Plot from '../../vendor/plot.js';

/** A number in the few characters that stand left of a plot: −2e-5, where −0.000020 would reach beyond the picture. */
export function shortNumber(value: number): string {
  const rounded = Number(value.toPrecision(4));
  const isSmall = rounded !== 0 && Math.abs(rounded) < 1e-3;
  return (isSmall ? rounded.toExponential() : rounded.toLocaleString('en-US', { maximumFractionDigits: 6 })).replaceAll('-', '−');
}

/**
 * The domain and the ticks of an axis, where values alone would make poor ones: some room about a single value, and no fractions
 * between counts.
 */
export function wide(values: readonly number[], logarithmic = false): Plot.ScaleOptions {
  const known = values.filter(Number.isFinite);
  const least = known.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const greatest = known.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  const whole = known.every(Number.isInteger) && greatest - least < 10 && !logarithmic;
  const ticks = whole ? { tickFormat: (tick: number) => (Number.isInteger(tick) ? tick.toLocaleString('en-US') : '') } : {};
  if (known.length === 0 || least < greatest) return ticks;
  if (logarithmic) return { domain: [least / 2, least * 2] };
  const room = whole ? 1 : Math.abs(least) / 2;
  return { ...ticks, domain: [least - room, least + room] };
}
