import { useEffect, useRef, useState } from 'preact/hooks';
import { CircuitPanel } from './circuit/CircuitPanel.js';
import { useCircuit } from './circuit/useCircuit.js';
import { useCircuitSpec } from './circuit/useCircuitSpec.js';
import { downloadJson } from './download.js';
import { DrawPanel } from './draw/DrawPanel.js';
import { emptyDrawing } from './draw/ink.js';
import { EventsPanel } from './events/EventsPanel.js';
import { useEventFile } from './events/useEventFile.js';
import { type Link, type PanelName, panelNames, useLink } from './link.js';
import { FieldsPanel } from './network/FieldsPanel.js';
import { type NetworkView, useNetwork } from './network/useNetwork.js';
import { Notice } from './ui/Notice.js';
import { Progress } from './ui/Progress.js';
import { useWindow } from './window/useWindow.js';
import { WindowPanel } from './window/WindowPanel.js';

const titles: { readonly [name in PanelName]: string } = {
  fields: 'Receptive fields',
  window: 'The window',
  draw: 'Draw and classify',
  circuit: 'Circuit',
  events: 'Events of a camera',
};

export function App() {
  const [link, change] = useLink();
  const { view, send, dismiss } = useNetwork(link.seed);
  const windows = useWindow(link.panel === 'window');
  const eventFile = useEventFile();
  const { runs, ...spec } = useCircuitSpec(link, change);
  const circuitRun = useCircuit(link.panel === 'circuit' ? runs : undefined);
  const [drawing, setDrawing] = useState<Uint8Array>(emptyDrawing);
  useExport(view.exported);
  useEffect(() => send({ type: 'pace', pace: link.pace }), [link.pace, send]);
  useSeed(link, view, (seed) => send({ type: 'reset', seed }));
  const panel = {
    fields: () => <FieldsPanel view={view} send={send} link={link} onLink={change} />,
    window: () => <WindowPanel windows={windows} link={link} onLink={change} />,
    draw: () => <DrawPanel view={view} send={send} drawing={drawing} onDrawing={setDrawing} />,
    circuit: () => <CircuitPanel {...spec} run={circuitRun} link={link} onLink={change} />,
    events: () => <EventsPanel file={eventFile} />,
  }[link.panel];
  return (
    <>
      <header>
        <h1>STDP lab</h1>
        <Tabs chosen={link.panel} onChoose={(name) => change({ panel: name })} />
      </header>
      <main>
        {view.problem !== undefined && (
          <Notice kind="problem" onClose={dismiss}>
            {view.problem}
          </Notice>
        )}
        {link.wrong.length > 0 && (
          <Notice kind="problem" onClose={() => change({ wrong: [] })}>
            The address says what can't be: {link.wrong.join('; ')}. What it is by default holds instead.
          </Notice>
        )}
        {view.deviceLost && <LostDevice onContinue={(backend) => [dismiss(), send({ type: 'backend', name: backend })]} />}
        <div role="tabpanel" id={`panel-${link.panel}`} aria-labelledby={`tab-${link.panel}`}>
          {panel()}
        </div>
      </main>
      <footer>
        <p>
          Everything here is computed on your machine by <code>tfjs-stdp</code>. The address of this page restores panel, rule,
          parameters, seed and pace.
        </p>
        <Progress view={view} />
      </footer>
    </>
  );
}

const LostDevice = ({ onContinue }: { readonly onContinue: (backend: 'wasm' | 'webgpu') => void }) => (
  <Notice kind="problem">
    <p>The graphics device was lost. The weights learned so far are safe.</p>
    <button type="button" class="primary" onClick={() => onContinue('wasm')}>
      Continue on wasm
    </button>{' '}
    <button type="button" onClick={() => onContinue('webgpu')}>
      Try WebGPU again
    </button>
  </Notice>
);

interface TabsProps {
  readonly chosen: PanelName;
  readonly onChoose: (name: PanelName) => void;
}

/** Tabs as the ARIA practices have them: one of them is in the tab order, arrows go to the others. */
function Tabs({ chosen, onChoose }: TabsProps) {
  const move = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const next = panelNames[(panelNames.indexOf(chosen) + step + panelNames.length) % panelNames.length] ?? chosen;
    onChoose(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label="Panels" onKeyDown={move}>
      {panelNames.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`tab-${name}`}
          aria-selected={name === chosen}
          aria-controls={name === chosen ? `panel-${name}` : undefined}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => onChoose(name)}
        >
          {titles[name]}
        </button>
      ))}
    </div>
  );
}

/** Hands what the worker exported to the user. */
function useExport(json: string | undefined): void {
  useEffect(() => {
    if (json !== undefined) downloadJson('stdp-lab.json', json);
  }, [json]);
}

/** Another seed, from the control or from a link, begins anew. */
function useSeed({ seed }: Link, { data }: NetworkView, restart: (seed: number) => void): void {
  const present = useRef(seed);
  useEffect(() => {
    if (data === undefined || present.current === seed) return;
    present.current = seed;
    restart(seed);
  }, [seed, data, restart]);
}
