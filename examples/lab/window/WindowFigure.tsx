import * as Plot from '@observablehq/plot';
import type { RefObject } from 'preact';
import { useMemo } from 'preact/hooks';
import { colours, Figure } from '../ui/Figure.js';
import type { WindowView } from './useWindow.js';

interface WindowFigureProps {
  readonly curves: NonNullable<WindowView['curves']>;
  readonly learns: 'weight' | 'delay';
  readonly svg: RefObject<SVGSVGElement | null>;
}

/** Δw against Δt: dots by simulation, a line by formula. */
export function WindowFigure({ curves, learns, svg }: WindowFigureProps) {
  const options = useMemo(() => window(curves, learns), [curves, learns]);
  return <Figure label={summary(curves, learns)} options={options} svg={svg} />;
}

const changeName = { weight: 'Δw', delay: 'Δdelay (ms)' } as const;

function window({ times, changes, formula }: WindowFigureProps['curves'], learns: 'weight' | 'delay'): Plot.PlotOptions {
  const points = Array.from(times, (time, index) => ({
    time,
    simulated: changes[index] ?? 0,
    formula: formula.changes?.[index] ?? Number.NaN,
    side: Math.sign(time),
  }));
  return {
    height: 380,
    marginLeft: 64,
    marginTop: 28,
    x: { label: 'Δt = t_post − t_pre (ms)', labelAnchor: 'center' },
    y: { label: changeName[learns], grid: true, nice: true },
    marks: [
      Plot.ruleY([0], { strokeOpacity: 0.5 }),
      Plot.ruleX([0], { strokeOpacity: 0.5 }),
      Plot.dot(points, { x: 'time', y: 'simulated', fill: colours.first, r: points.length > 150 ? 2.2 : 3 }),
      Plot.lineY(points, { x: 'time', y: 'formula', z: 'side', stroke: colours.second, strokeWidth: 1.75 }),
    ],
  };
}

function summary({ times, changes, formula }: WindowFigureProps['curves'], learns: 'weight' | 'delay'): string {
  const greatest = changes.reduce((best, change, index) => (change > (changes[best] ?? 0) ? index : best), 0);
  const least = changes.reduce((best, change, index) => (change < (changes[best] ?? 0) ? index : best), 0);
  const at = (index: number): string => `${(changes[index] ?? 0).toPrecision(3)} at Δt = ${times[index]} ms`;
  const drawn = formula.changes === undefined ? 'by simulation' : 'by simulation and by formula';
  return `Change of the ${learns} ${drawn}: largest ${at(greatest)}, smallest ${at(least)}`;
}
