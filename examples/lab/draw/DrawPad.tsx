import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { greyPixels } from '../ui/PixelCanvas.js';
import { type Point, side, withStroke } from './ink.js';

interface DrawPadProps {
  readonly drawing: Uint8Array;
  readonly onDrawing: (drawing: Uint8Array) => void;
}

const arrows: { readonly [key: string]: Point | undefined } = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** A pad to draw on with mouse, pen or finger; by keyboard the arrows move the pen and the space bar puts it down or up. */
export function DrawPad({ drawing, onDrawing }: DrawPadProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(drawing);
  latest.current = drawing;
  const pointer = useRef<Point | undefined>(undefined);
  const [pen, setPen] = useState({ x: side / 2, y: side / 2, down: false });
  const [focused, setFocused] = useState(false);

  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(greyPixels(drawing), side, side), 0, 0);
  }, [drawing]);

  const stroke = (from: Point, to: Point): void => {
    latest.current = withStroke(latest.current, from, to);
    onDrawing(latest.current);
  };
  const lift = (): void => {
    pointer.current = undefined;
  };
  const at = ({ clientX, clientY }: PointerEvent): Point => {
    const box = canvas.current?.getBoundingClientRect();
    if (box === undefined) return { x: 0, y: 0 };
    return { x: ((clientX - box.left) / box.width) * side, y: ((clientY - box.top) / box.height) * side };
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = arrows[event.key];
    if (event.key === ' ') {
      if (!pen.down) stroke(pen, pen);
      setPen({ ...pen, down: !pen.down });
    } else if (step !== undefined) {
      const within = (value: number): number => Math.min(side - 1, Math.max(1, value));
      const next = { x: within(pen.x + step.x), y: within(pen.y + step.y), down: pen.down };
      if (pen.down) stroke(pen, next);
      setPen(next);
    } else return;
    event.preventDefault();
  };

  return (
    <div
      class="pad"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: one draws on it by keyboard too
      tabIndex={0}
      aria-label="Drawing pad. Arrow keys move the pen, the space bar puts it down or lifts it."
      aria-describedby="pad-help"
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pointer.current = at(event);
        stroke(pointer.current, pointer.current);
      }}
      onPointerMove={(event) => {
        if (pointer.current === undefined) return;
        const next = at(event);
        stroke(pointer.current, next);
        pointer.current = next;
      }}
      onPointerUp={lift}
      onPointerCancel={lift}
      onKeyDown={onKeyDown}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <canvas ref={canvas} class="pixels" width={side} height={side} />
      {focused && (
        <span
          class={`pen ${pen.down ? 'down' : ''}`}
          style={{ left: `${(100 * pen.x) / side}%`, top: `${(100 * pen.y) / side}%` }}
        />
      )}
    </div>
  );
}
