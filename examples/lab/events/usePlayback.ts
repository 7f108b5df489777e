import { useEffect, useState } from 'preact/hooks';

/** A moment of a recording that goes on while it plays, and begins again at the end. */
export interface Playback {
  readonly playing: boolean;
  /** µs. */
  readonly now: number;
  readonly play: (on: boolean) => void;
  readonly seek: (now: number) => void;
}

/** Where somebody wishes for less motion, nothing moves by itself. */
const startsPlaying = (): boolean => !matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * Plays from the beginning.
 *
 * @param span   how long it lasts, µs.
 * @param speed  1 for as fast as it was.
 */
export function usePlayback(span: number, speed: number): Playback {
  const [playing, play] = useState(startsPlaying);
  const [now, seek] = useState(0);
  useEffect(() => {
    if (!playing) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function next(time) {
      const passed = 1000 * speed * Math.max(0, time - last);
      last = time;
      seek((before) => (before + passed) % span);
      frame = requestAnimationFrame(next);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing, span, speed]);
  return { playing, now, play, seek };
}
