import { useLayoutEffect, useRef } from 'preact/hooks';

interface PixelCanvasProps {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue and opacity of each pixel. */
  readonly rgba: Uint8ClampedArray<ArrayBuffer>;
  readonly label: string;
  readonly class?: string;
}

/** A small picture, pixel by pixel; the style sheet makes it larger. */
export function PixelCanvas({ width, height, rgba, label, class: name = '' }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(rgba, width, height), 0, 0);
  }, [rgba, width, height]);
  return <canvas ref={canvas} class={`pixels ${name}`} width={width} height={height} role="img" aria-label={label} />;
}

/** Grey pixels as a canvas takes them. */
export function greyPixels(pixels: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(4 * pixels.length);
  pixels.forEach((value, index) => {
    rgba.set([value, value, value, 255], 4 * index);
  });
  return rgba;
}
