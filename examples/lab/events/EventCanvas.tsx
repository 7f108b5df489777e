import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { drawFrame } from './drawFrame.js';
import type { Recording } from './protocol.js';

interface EventCanvasProps {
  readonly recording: Recording;
  /** µs. */
  readonly now: number;
  /** µs until an event has paled. */
  readonly fade: number;
}

/** What the camera sees at a moment. */
export function EventCanvas({ recording, now, fade }: EventCanvasProps) {
  const { name, width, height } = recording;
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useMemo(() => new ImageData(width, height), [width, height]);
  useLayoutEffect(() => {
    drawFrame(recording, now, fade, new Uint32Array(picture.data.buffer));
    canvas.current?.getContext('2d')?.putImageData(picture, 0, 0);
  }, [recording, now, fade, picture]);
  const style = { aspectRatio: `${width} / ${height}` };
  return <canvas ref={canvas} width={width} height={height} style={style} role="img" aria-label={`Events of ${name}`} />;
}
