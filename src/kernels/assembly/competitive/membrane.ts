import { at } from '../lanes';
import { BLOCK, decayExc, driveExc, driveInh, filled, leak, w } from './layer';

/** One step of all neurons: conductances, potentials. Lists those above their limit at `fired`; answers how many. */
export function integrate(events: usize, end: usize, ge: usize, v: usize, limits: usize, gi: f32, fired: usize): i32 {
  const d = f32x4.splat(decayExc);
  const l = f32x4.splat(leak);
  const e = f32x4.splat(leak * driveExc);
  const pull = f32x4.splat(leak * driveInh * gi);
  const rest = f32x4.splat(1 + leak * (1 + gi));
  const bytes = at(0, filled);
  let next = fired;
  for (let o: usize = 0; o < bytes; o += 128) {
    const g = ge + o;
    let g0 = f32x4.mul(d, v128.load(g));
    let g1 = f32x4.mul(d, v128.load(g, 16));
    let g2 = f32x4.mul(d, v128.load(g, 32));
    let g3 = f32x4.mul(d, v128.load(g, 48));
    let g4 = f32x4.mul(d, v128.load(g, 64));
    let g5 = f32x4.mul(d, v128.load(g, 80));
    let g6 = f32x4.mul(d, v128.load(g, 96));
    let g7 = f32x4.mul(d, v128.load(g, 112));
    const base = w + o;
    for (let event = events; event < end; event += 4) {
      const row = base + <usize>load<u32>(event);
      g0 = f32x4.add(g0, v128.load(row));
      g1 = f32x4.add(g1, v128.load(row, 16));
      g2 = f32x4.add(g2, v128.load(row, 32));
      g3 = f32x4.add(g3, v128.load(row, 48));
      g4 = f32x4.add(g4, v128.load(row, 64));
      g5 = f32x4.add(g5, v128.load(row, 80));
      g6 = f32x4.add(g6, v128.load(row, 96));
      g7 = f32x4.add(g7, v128.load(row, 112));
    }
    let above = integrateFour(g0, g, v + o, limits + o, 0, e, pull, l, rest);
    above = v128.or(above, integrateFour(g1, g, v + o, limits + o, 16, e, pull, l, rest));
    above = v128.or(above, integrateFour(g2, g, v + o, limits + o, 32, e, pull, l, rest));
    above = v128.or(above, integrateFour(g3, g, v + o, limits + o, 48, e, pull, l, rest));
    above = v128.or(above, integrateFour(g4, g, v + o, limits + o, 64, e, pull, l, rest));
    above = v128.or(above, integrateFour(g5, g, v + o, limits + o, 80, e, pull, l, rest));
    above = v128.or(above, integrateFour(g6, g, v + o, limits + o, 96, e, pull, l, rest));
    above = v128.or(above, integrateFour(g7, g, v + o, limits + o, 112, e, pull, l, rest));
    if (v128.any_true(above)) next = listAbove(v, limits, <i32>(o >> 2), next);
  }
  return <i32>((next - fired) >> 2);
}

@inline
function integrateFour(
  g: v128,
  ge: usize,
  v: usize,
  limits: usize,
  offset: usize,
  e: v128,
  pull: v128,
  l: v128,
  rest: v128,
): v128 {
  v128.store(ge + offset, g);
  const above = f32x4.add(f32x4.add(v128.load(v + offset), f32x4.mul(e, g)), pull);
  const potential = f32x4.div(above, f32x4.add(f32x4.mul(l, g), rest));
  v128.store(v + offset, potential);
  return f32x4.gt(potential, v128.load(limits + offset));
}

function listAbove(v: usize, limits: usize, first: i32, list: usize): usize {
  let next = list;
  for (let i = first; i < first + BLOCK; i++) {
    if (load<f32>(at(v, i)) <= load<f32>(at(limits, i))) continue;
    store<u32>(next, i);
    next += 4;
  }
  return next;
}
