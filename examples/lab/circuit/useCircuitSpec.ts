import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import type { Circuit } from 'tfjs-stdp/circuits';
import type { Link } from '../link.js';
import { demo } from './demo.js';
import { still } from './simulation.js';
import { circuitOf } from './spec.js';

/** The circuit of the page's address, or the demo. */
export interface CircuitSpec {
  readonly original: Circuit;
  readonly circuit: Circuit;
  /** What is to run: without rules while synapses don't learn. */
  readonly runs: Circuit;
  readonly problem: string | undefined;
  readonly onText: (text: string) => void;
}

export function useCircuitSpec({ circuit: text, seed, learns }: Link, onLink: (change: Partial<Link>) => void): CircuitSpec {
  const parsed = useMemo(() => (text === undefined ? demo(seed) : circuitOf(text)), [text, seed]);
  const last = useRef<Circuit>(demo(seed));
  if (typeof parsed !== 'string') last.current = parsed;
  const circuit = last.current;
  const [opened, setOpened] = useState<Circuit>(circuit);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const runs = useMemo(() => (learns ? circuit : still(circuit)), [learns, circuit]);
  const onText = useCallback(
    (given: string) => {
      const next = circuitOf(given);
      setRefused(typeof next === 'string' ? next : undefined);
      if (typeof next === 'string') return;
      setOpened(next);
      onLink({ circuit: JSON.stringify(next) });
    },
    [onLink],
  );
  const problem = refused ?? (typeof parsed === 'string' ? parsed : undefined);
  return { original: opened, circuit, runs, problem, onText };
}
