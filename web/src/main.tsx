/** Draws the page. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchForInstall } from './app/installing.ts';
import { followTheme } from './app/theme.ts';
import { App } from './app.tsx';
import { showStats } from './voice/stats.ts';
import { language } from './words/language.ts';
import './style/app.css';

followTheme();
showStats();
watchForInstall();
document.documentElement.lang = language;

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
