// Starts the application over the page that the server sent. That page stays until the first answer
// is drawn, so that nobody looks at an empty one.
import { render } from 'preact';
import { isPlain } from './address.ts';
import { App, prepare } from './app.tsx';
import { address, listen } from './navigate.ts';
import { onSettled } from './query.ts';
import { applyTheme } from './theme.ts';
import './styles/base.css';
import './styles/marks.css';
import './styles/print.css';

const PATIENCE_MS = 500;

async function start(): Promise<void> {
  applyTheme();
  // The record of another day is in the server's own page; the application would draw today's over it.
  // So is what is wrong with a word of the address, where its page says it.
  if (isPlain(address.peek()) || document.querySelector('[data-plain]')) return;
  await prepare();
  const plain = document.getElementById('app') ?? document.body.appendChild(document.createElement('div'));
  const root = document.createElement('div');
  root.hidden = true;
  plain.after(root);
  // A screen that asks nothing is there as soon as it is drawn.
  const drawn = new MutationObserver(() => {
    if (root.querySelector('h1') && document.body.dataset['asking'] === undefined) requestAnimationFrame(swap);
  });
  const swap = (): void => {
    drawn.disconnect();
    if (!plain.isConnected) return;
    plain.remove();
    root.hidden = false;
    root.id = 'app';
  };
  drawn.observe(root, { childList: true, subtree: true });
  onSettled(() => requestAnimationFrame(swap));
  setTimeout(swap, PATIENCE_MS);
  listen();
  render(<App />, root);
  void import('./later.ts').catch(() => {});
}

void start();
