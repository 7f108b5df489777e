import { useEffect, useState } from 'preact/hooks';
import type { NetworkView } from '../network/useNetwork.js';

/** Milliseconds between two announcements. */
const every = 5000;

/** What a screen reader is told of the network: at once when it starts, stops or works, now and then while it learns. */
export function Progress({ view }: { readonly view: NetworkView }) {
  const { running, work, learned, fitted } = view;
  const [beat, setBeat] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setBeat((before) => before + 1), every);
    return () => clearInterval(timer);
  }, [running]);
  const [text, setText] = useState('');
  useEffect(() => {
    const seen = `${learned?.seen ?? 0} of ${learned?.total ?? 0} images`;
    const state = running ? `Learning, ${seen}` : learned?.finished ? `Finished after ${seen}` : `Paused, ${seen}`;
    const readout = fitted && `Read-out fitted, ${(100 * fitted.accuracy).toFixed(1)} per cent right`;
    setText([work?.what ?? state, readout].filter(Boolean).join('. '));
  }, [running, beat, work?.what, learned?.finished, fitted]);
  return (
    <p role="status" class="unseen">
      {text}
    </p>
  );
}
