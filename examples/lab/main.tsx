import { render } from 'preact';
import { App } from './App.js';
import { hasWorkers } from './support.js';
import { Notice } from './ui/Notice.js';

const root = document.getElementById('lab');
if (root !== null) {
  root.replaceChildren();
  render(
    hasWorkers() ? (
      <App />
    ) : (
      <Notice kind="problem">
        This browser has no module workers, in which the lab computes. Firefox 114, Chrome 80, Edge 80, Safari 15 and anything
        newer have them.
      </Notice>
    ),
    root,
  );
}
