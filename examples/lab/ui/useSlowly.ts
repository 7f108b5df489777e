import { useEffect, useRef, useState } from 'preact/hooks';

/** The latest of values that change often, but a new one only every so many milliseconds: for what is costly to draw. */
export function useSlowly<T>(value: T, milliseconds: number): T {
  const [shown, show] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const wait = Math.max(0, last.current + milliseconds - performance.now());
    const timer = setTimeout(() => {
      last.current = performance.now();
      show(() => value);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return shown;
}
