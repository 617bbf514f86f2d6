// The reference sheet of marks and widgets, for development: `npm run dev`, then /look. No release has it.
import { render } from 'preact';
import { loadTexts } from '../i18n.ts';
import { lang } from '../navigate.ts';
import { applyTheme } from '../theme.ts';
import { Look } from './look.tsx';
import '../styles/base.css';
import '../styles/marks.css';
import '../styles/page.css';
import '../styles/explore.css';
import '../styles/flow.css';
import '../styles/network.css';
import '../styles/questions.css';
import './look.css';

async function start(): Promise<void> {
  applyTheme();
  // The marks of every screen: each part of the texts.
  for (const screen of ['explore', 'scheme']) await loadTexts(lang.value, screen);
  const root = document.getElementById('app');
  if (!root) return;
  render(<Look />, root);
  await document.fonts.ready;
  document.body.dataset['look'] = 'ready';
}

void start();
