import * as Plot from '@observablehq/plot';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

interface FigureProps {
  /** What a screen reader says of the picture. */
  readonly label: string;
  readonly options: Plot.PlotOptions;
  /** Where the picture stands, to be saved. */
  readonly svg?: RefObject<SVGSVGElement | null>;
}

/** A picture by Observable Plot, as wide as there is room. */
export function Figure({ label, options, svg }: FigureProps) {
  const frame = useRef<HTMLDivElement>(null);
  const observed = useWidth(frame);
  useEffect(() => {
    const width = frame.current?.clientWidth ?? 0; // at this moment: what was observed may be of a layout that has passed
    if (frame.current === null || width === 0) return;
    const picture = Plot.plot({ ...options, width, ariaLabel: label, figure: false }) as SVGSVGElement;
    picture.setAttribute('role', 'img');
    for (const part of picture.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label'); // the whole is one image
    frame.current.replaceChildren(picture);
    if (svg !== undefined) svg.current = picture;
  }, [label, options, svg, observed]);
  return <div class="figure" ref={frame} />;
}

function useWidth(frame: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (frame.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame]);
  return width;
}

/** Told apart on white and on black. */
export const colours = { first: '#2f80d0', second: '#d9622b' } as const;
