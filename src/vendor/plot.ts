/** What is used of Observable Plot. */
export {
  cell,
  dot,
  lineY,
  type Markish,
  type PlotOptions,
  plot,
  rectY,
  ruleY,
  type ScaleOptions,
  text,
} from '@observablehq/plot';
