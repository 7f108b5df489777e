import { useMemo, useState } from 'preact/hooks';
import type { Circuit } from 'tfjs-stdp/circuits';
import type { Link } from '../link.js';
import { Notice } from '../ui/Notice.js';
import { NumberControl } from '../ui/NumberControl.js';
import { RatesFigure, WeightsFigure } from './CircuitFigures.js';
import { Raster } from './Raster.js';
import { RuleChoice } from './RuleChoice.js';
import { SpecEditor } from './SpecEditor.js';
import { slidersOf, withNamedRule } from './spec.js';
import type { CircuitRun } from './useCircuit.js';

interface CircuitPanelProps {
  readonly run: CircuitRun;
  /** As it was opened, and as it is with what was changed since. */
  readonly original: Circuit;
  readonly circuit: Circuit;
  readonly problem: string | undefined;
  readonly link: Link;
  readonly onLink: (change: Partial<Link>) => void;
  readonly onText: (text: string) => void;
}

const speeds = [
  { value: 0.1, title: 'a tenth of real time' },
  { value: 1, title: 'real time' },
  { value: 10, title: 'ten times, if it can' },
] as const;

/** A circuit at work. */
export function CircuitPanel({ run, original, circuit, problem, link, onLink, onText }: CircuitPanelProps) {
  const { history, running, refusal } = run;
  const [speed, setSpeed] = useState(1);
  const sliders = useMemo(() => slidersOf(circuit), [circuit]);
  const projections = Object.entries(circuit.projections ?? {});
  const plastic = projections.filter(([, { rule }]) => rule !== undefined);
  const change = (next: Circuit): void => onLink({ circuit: JSON.stringify(next) });
  const trouble = problem ?? refusal;
  return (
    <div class="panel circuit">
      <section aria-labelledby="circuit-title">
        <h2 id="circuit-title">A circuit at work</h2>
        <p class="lead">
          It begins with excitatory neurons (e) that drive themselves and inhibitory ones (i). Let the synapses from i to e learn,
          and inhibition comes to balance excitation: the rates fall to what the rule aims at, and spikes become irregular.
        </p>
        {trouble !== undefined && (
          <Notice kind="problem" {...(problem === undefined && { onClose: run.dismiss })}>
            {trouble}
          </Notice>
        )}
        <Raster circuit={circuit} history={history} />
        <RatesFigure history={history} />
        {link.learns &&
          plastic.map(([name, { rule }]) => (
            <WeightsFigure key={name} name={name} rule={rule?.rule ?? ''} histogram={history.weights[name] ?? []} />
          ))}
      </section>
      <section aria-label="Controls of the circuit" class="drive">
        <div class="row">
          <button type="button" class="primary" onClick={() => run.run(!running, speed)}>
            {running ? 'Pause' : 'Start'}
          </button>
          <button type="button" onClick={run.restart}>
            Reset
          </button>
          <label>
            Speed
            <select
              value={speed}
              onChange={({ currentTarget }) => {
                setSpeed(Number(currentTarget.value));
                if (running) run.run(true, Number(currentTarget.value));
              }}
            >
              {speeds.map(({ value, title }) => (
                <option key={value} value={value}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        </div>
        <p class="state">
          <span data-test="circuit-time">{(history.time / 1000).toFixed(2)}</span> s of its own time
          {running && history.speed !== undefined && `, ${history.speed.toPrecision(2)} s a second`}
        </p>
        {plastic.length > 0 && (
          <label class="check">
            <input
              type="checkbox"
              checked={link.learns}
              onChange={({ currentTarget }) => onLink({ learns: currentTarget.checked })}
            />
            Synapses learn
          </label>
        )}
        {sliders.map(({ changed, ...slider }) => (
          <NumberControl key={slider.id} min={0} {...slider} onValue={(value) => change(changed(value))} />
        ))}
        {projections.length > 0 && <h3>Rules</h3>}
        {projections.map(([name, { from, to, rule }]) => (
          <RuleChoice
            key={name}
            name={name}
            title={`${from} → ${to}`}
            rule={rule?.rule}
            onRule={(chosen) => change(withNamedRule(circuit, original, name, chosen))}
          />
        ))}
        <SpecEditor circuit={circuit} onText={onText} />
      </section>
    </div>
  );
}
